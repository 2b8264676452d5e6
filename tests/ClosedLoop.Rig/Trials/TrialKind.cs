namespace ClosedLoop.Rig.Trials;

/// <summary>What happens to the service in a run.</summary>
internal enum TrialKind
{
    /// <summary>KILL at a seeded moment.</summary>
    Random,

    /// <summary>It kills itself at a named point.</summary>
    Point,

    /// <summary>STOP while it sends, CONT later.</summary>
    Freeze,

    /// <summary>The network to the sink is cut, or stands still.</summary>
    Cut,

    /// <summary>Its disk fills up.</summary>
    DiskFull,

    /// <summary>The database server goes away while it sends, and comes back.</summary>
    Database,

    /// <summary>Several silos, of which one after the other is killed.</summary>
    Silos,
}
