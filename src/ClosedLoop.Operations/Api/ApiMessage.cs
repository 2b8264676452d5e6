namespace ClosedLoop.Operations.Api;

/// <summary>One message to one person, with an explanation of its state.</summary>
internal sealed record ApiMessage(long MailingId, int Sequence, string MessageId, long RecipientId, string Client, string Mailing, string State, string Explanation, string? Reason, long? ReplyCode, long Attempts, IReadOnlyList<ApiStep> Steps);
