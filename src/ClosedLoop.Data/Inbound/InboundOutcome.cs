namespace ClosedLoop.Data.Inbound;

/// <summary>What was done with a mail that came back. The numbers are stored.</summary>
public enum InboundOutcome
{
    /// <summary>It belongs to no message that is known: it waits in the tray.</summary>
    Unmatched = 0,

    /// <summary>A response row was written.</summary>
    Response = 1,

    /// <summary>Understood, and nothing follows from it: delays, reports of success, complaints that are none.</summary>
    Ignored = 2,

    /// <summary>Somebody unsubscribed by mail.</summary>
    Unsubscribe = 3,

    /// <summary>A complaint: the address was unsubscribed.</summary>
    Complaint = 4,
}
