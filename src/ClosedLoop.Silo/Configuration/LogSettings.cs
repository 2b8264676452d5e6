using ClosedLoop.Silo.Logging;

namespace ClosedLoop.Silo.Configuration;

/// <summary>The log on standard error and in files.</summary>
public sealed record LogSettings
{
    public LogFormat Format { get; init; } = LogFormat.Text;

    /// <summary>Whether mail addresses are masked.</summary>
    public bool MaskAddresses { get; init; } = true;

    /// <summary>Whether lines go to files in the data folder as well.</summary>
    public bool File { get; init; } = true;

    /// <summary>Size at which the next file is begun, in MiB.</summary>
    public int FileMegabytes { get; init; } = 16;

    /// <summary>Files kept besides the current one.</summary>
    public int FilesKept { get; init; } = 10;
}
