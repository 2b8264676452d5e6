namespace ClosedLoop.Operations.Api;

/// <summary>How it stands between a client's mailings under way and one recipient domain; estimates where large mailings were sampled.</summary>
internal sealed record ApiQueue(
    string Client, string Domain, long Ready, long Delayed, DateTimeOffset? DelayedUntil, long InFlight, long Accepted, long Temporary, long Permanent, string? LastError, DateTimeOffset? WaitingSince, string? Limit, string? LimitSetBy);
