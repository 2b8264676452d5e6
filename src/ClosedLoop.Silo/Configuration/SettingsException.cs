namespace ClosedLoop.Silo.Configuration;

/// <summary>The configuration cannot be used; all faults at once, each with its key.</summary>
public sealed class SettingsException(IReadOnlyList<string> faults)
    : Exception("CL3010: the configuration cannot be used:" + Environment.NewLine + string.Join(Environment.NewLine, faults.Select(fault => "  - " + fault)))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
