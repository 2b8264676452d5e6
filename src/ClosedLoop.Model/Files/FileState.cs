namespace ClosedLoop.Model.Files;

/// <summary>Life of one inbound file (closed-loop spec section 6). The numbers are stored.</summary>
public enum FileState
{
    /// <summary>Renamed into <c>processing/</c> and registered with its hash.</summary>
    Claimed = 0,

    /// <summary>Read to its end without a fault.</summary>
    Validated = 1,

    /// <summary>All groups are in the ledger.</summary>
    Imported = 2,

    /// <summary>Each group has its copy of the source mailing.</summary>
    Copied = 3,

    /// <summary>Each copy was handed to dispatch.</summary>
    Started = 4,

    Archived = 5,

    /// <summary>Nothing was imported; <c>retry</c>, <c>replace</c> or <c>discard</c>.</summary>
    FailedImport = 6,

    /// <summary>Imported, but a copy could not be made or started; <c>retry</c> or <c>discard</c>.</summary>
    FailedStart = 7,

    /// <summary>Given up by an operator.</summary>
    Discarded = 8,

    /// <summary>A corrected file took its place.</summary>
    Replaced = 9,

    /// <summary>Checked and written where nobody sees it, because it crosses a guard rail; <c>approve</c>, <c>replace</c> or <c>discard</c>. No time ends this.</summary>
    AwaitingApproval = 10,
}
