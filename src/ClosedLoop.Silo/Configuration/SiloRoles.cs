namespace ClosedLoop.Silo.Configuration;

/// <summary>What one silo of several does; in the settings as names with commas between them.</summary>
[Flags]
public enum SiloRoles
{
    None = 0,

    /// <summary>Looks into drop zones, takes files in, publishes response files.</summary>
    Ingest = 1,

    /// <summary>Decides about mailings and sends them.</summary>
    Deliver = 2,

    /// <summary>Answers readers: opens, clicks, unsubscribes; takes returned mail in.</summary>
    Gateway = 4,

    /// <summary>Watches, cleans up, tells people.</summary>
    Operate = 8,

    /// <summary>All of it.</summary>
    All = Ingest | Deliver | Gateway | Operate,
}
