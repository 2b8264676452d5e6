namespace ClosedLoop.Model.Recipients;

/// <summary>
/// State of one ledger row. At all times: accepted = the sum over the states. The numbers are stored.
/// </summary>
public enum RecipientState
{
    Waiting = 0,

    /// <summary>Durably claimed: from here until the record the outcome is open.</summary>
    Sending = 1,

    Sent = 2,

    Failed = 3,

    /// <summary>Not mailed because the person is unsubscribed, blocked or over the bounce limit.</summary>
    Suppressed = 4,

    /// <summary>In doubt: the process died, or the reply was lost, after the message may have been handed over.</summary>
    Unknown = 5,

    Cancelled = 6,
}
