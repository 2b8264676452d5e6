namespace ClosedLoop.Silo.Definitions;

/// <summary>Definition files that cannot be used; all faults at once, each with its file.</summary>
public sealed class DefinitionException(IReadOnlyList<string> faults)
    : Exception("CL3020: the definitions cannot be used; nothing was stored:" + Environment.NewLine + string.Join(Environment.NewLine, faults.Select(fault => "  - " + fault)))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
