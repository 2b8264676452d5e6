namespace ClosedLoop.Operations.Api;

/// <summary>Which message a mail is about.</summary>
/// <param name="Message"><c>mailing.position</c>, as its Message-ID begins.</param>
/// <param name="As">hard, soft, temporary, auto-reply, reply, complaint, unsubscribe or nothing.</param>
/// <param name="Reason">Why, for the audit; needed.</param>
internal sealed record ApiBinding(string? Message, string? As, string? Reason);
