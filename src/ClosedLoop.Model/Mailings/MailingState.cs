namespace ClosedLoop.Model.Mailings;

/// <summary>Life of one mailing (the copy that is sent). The numbers are stored.</summary>
public enum MailingState
{
    /// <summary>Rows are being written; nobody sees the mailing yet.</summary>
    Importing = 0,

    /// <summary>Recipients are in, content is frozen, not yet told to start.</summary>
    Prepared = 1,

    /// <summary>Told to start and waiting: for its time, or for another copy of the same source.</summary>
    Queued = 2,

    Sending = 3,

    Paused = 4,

    /// <summary>waiting + sending = 0, counted in the ledger.</summary>
    Finished = 5,

    Cancelled = 6,
}
