using ClosedLoop.Delivery.Linting;
using ClosedLoop.Liquid;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Delivery.Rendering;

/// <summary>Compiles a content as it would be sent.</summary>
internal sealed class ContentJudge : IContentJudge
{
    public IReadOnlyList<string> DoubtsOf(FrozenMailing content) =>
    [
        .. ContentLint.Check(content).Where(finding => finding.Severity != FindingSeverity.Note)
            .Select(finding => finding.Line == 0 ? $"{finding.Code} {finding.Message}; {finding.Hint}" : FormattableString.Invariant($"{finding.Code} {finding.Part} line {finding.Line}: {finding.Message}; {finding.Hint}")),
    ];

    public string? FaultOf(FrozenMailing content)
    {
        try
        {
            ContentCheck.Compile(content);
            return null;
        }
        catch (Exception e) when (e is LiquidException or InvalidDataException)
        {
            return e.Message;
        }
    }
}
