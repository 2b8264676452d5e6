namespace ClosedLoop.Responses.Spool;

/// <summary>Why the spool refused. The names are stable codes.</summary>
public enum SpoolError
{
    /// <summary>Another process has the folder open.</summary>
    InUse,

    /// <summary>The disk did not take the record: full, read-only or broken. Trying again later may work.</summary>
    WriteFailed,

    /// <summary>More bytes wait for the disk than allowed. Trying again later may work.</summary>
    QueueFull,

    /// <summary>The record is longer than allowed.</summary>
    RecordTooLarge,

    /// <summary>The spool was closed.</summary>
    Closed,

    /// <summary>A position that this spool never had: the folder was replaced by an older copy.</summary>
    UnknownPosition,
}
