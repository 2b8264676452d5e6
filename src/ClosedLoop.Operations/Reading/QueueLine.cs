using ClosedLoop.Data.Delivery;

namespace ClosedLoop.Operations.Reading;

/// <summary>How it stands between one client's mailings under way and one recipient domain.</summary>
/// <param name="ClientKey">Whose mail.</param>
/// <param name="Domain">Recipient domain.</param>
/// <param name="Ready">Recipients who may be sent to now.</param>
/// <param name="Delayed">Recipients who wait for a later time.</param>
/// <param name="DelayedUntil">Microseconds; when the first of them is due, or <c>null</c>.</param>
/// <param name="InFlight">Recipients who are being sent to.</param>
/// <param name="Accepted">Messages that were taken.</param>
/// <param name="Temporary">Recipients whose newest answer was 4xx.</param>
/// <param name="Permanent">Recipients who were refused for good, 5xx.</param>
/// <param name="LastError">What was said to the newest of those, or why the newest waits.</param>
/// <param name="WaitingSince">Microseconds; since when the longest waits, or <c>null</c>.</param>
/// <param name="Limit">The limit in force and the rule that set it; <c>null</c> for none of its own.</param>
public sealed record QueueLine(
    string ClientKey, string Domain, long Ready, long Delayed, long? DelayedUntil, long InFlight, long Accepted, long Temporary, long Permanent, string? LastError, long? WaitingSince, LaneRule? Limit)
{
    /// <summary>The hold that keeps everybody of it back now; <c>null</c> while the way is open.</summary>
    public LaneHold? Hold { get; init; }
}
