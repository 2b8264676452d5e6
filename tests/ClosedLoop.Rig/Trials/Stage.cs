namespace ClosedLoop.Rig.Trials;

/// <summary>How far a run has come.</summary>
internal enum Stage
{
    /// <summary>From the start of the service to the end of the mailing.</summary>
    Sending,

    /// <summary>Readers click.</summary>
    Tracking,

    /// <summary>Their clicks go from the spool into the database.</summary>
    Draining,

    /// <summary>An export is cut off, written and published.</summary>
    Exporting,

    Done,
}
