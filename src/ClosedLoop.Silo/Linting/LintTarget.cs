using ClosedLoop.Delivery.Linting;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Silo.Definitions;

namespace ClosedLoop.Silo.Linting;

/// <summary>What a run of <c>lint</c> looks at.</summary>
/// <param name="Name">What it is called in the output.</param>
/// <param name="Mailing">The mailing; null when its definition could not be read.</param>
/// <param name="Rules">Whole mailing or single part.</param>
/// <param name="Files">File of each part, by the part's name; the empty name is the definition.</param>
/// <param name="Faults">What is wrong with the definition itself.</param>
internal sealed record LintTarget(string Name, SourceMailing? Mailing, LintRules Rules, IReadOnlyDictionary<string, string> Files, IReadOnlyList<string> Faults)
{
    /// <summary>The definition on disk, beside which the mailing's files lie; null for a stored mailing and a single part.</summary>
    public MailingFile? Definition { get; init; }
}
