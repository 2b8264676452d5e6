using ClosedLoop.Data.Channels;

namespace ClosedLoop.Responses.Channels;

/// <summary>What the states and error codes of the Messages API mean.</summary>
internal static class TwilioStates
{
    /// <summary>Error code: the person has answered STOP to an earlier message.</summary>
    public const string OptedOut = "21610";

    /// <summary>Null for states nobody knows.</summary>
    public static ReceiptState? Of(string status, string error) => status switch
    {
        "delivered" => ReceiptState.Delivered,

        // Unknown destination; landline or carrier out of reach; "To" is no number, or no mobile.
        "undelivered" or "failed" when error is "30005" or "30006" or "21211" or "21614" => ReceiptState.FailedHard,
        "undelivered" or "failed" or "canceled" => ReceiptState.FailedSoft,
        "accepted" or "scheduled" or "queued" or "sending" or "sent" => ReceiptState.Taken,
        _ => null,
    };
}
