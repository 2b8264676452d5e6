namespace ClosedLoop.Model.Optimove;

/// <summary>Life of a scheduled campaign (optimove spec section 10.2). The numbers are stored.</summary>
public enum CampaignState
{
    Received = 0,
    Fetching = 1,

    /// <summary>All customers are in; the mailings are being made ready.</summary>
    Planned = 2,
    Sending = 3,
    Sent = 4,
    Closed = 5,
    Cancelled = 6,
    Failed = 7,

    /// <summary>Nobody is left to send to.</summary>
    Empty = 8,
}
