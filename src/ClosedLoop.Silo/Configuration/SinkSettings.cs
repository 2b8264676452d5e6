namespace ClosedLoop.Silo.Configuration;

/// <summary>The mail sink of the safe mode.</summary>
public sealed record SinkSettings
{
    /// <summary>Whether this process runs the sink itself; <c>false</c> when another one does.</summary>
    public bool Embedded { get; init; } = true;

    public string Host { get; init; } = "127.0.0.1";

    public int Port { get; init; } = 2525;

    /// <summary>Days after which the sink forgets a message.</summary>
    public int RetentionDays { get; init; } = 30;

    /// <summary>Whether whole messages are kept beside the ledger of the sink.</summary>
    public bool KeepMessages { get; init; } = true;
}
