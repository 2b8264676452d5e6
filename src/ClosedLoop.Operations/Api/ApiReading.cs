namespace ClosedLoop.Operations.Api;

/// <summary>How a response is to be read.</summary>
/// <param name="As">hard, soft, temporary, auto-reply, reply, complaint, unsubscribe or nothing.</param>
/// <param name="Reason">Why, for the audit; needed.</param>
internal sealed record ApiReading(string? As, string? Reason);
