using ClosedLoop.Silo.Logging;

namespace ClosedLoop.Silo.Configuration;

/// <summary>The log on standard error.</summary>
public sealed record LogSettings
{
    public LogFormat Format { get; init; } = LogFormat.Text;

    /// <summary>Whether mail addresses are masked.</summary>
    public bool MaskAddresses { get; init; } = true;
}
