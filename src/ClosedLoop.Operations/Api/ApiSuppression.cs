namespace ClosedLoop.Operations.Api;

/// <summary>Why an address gets no mail, and where that comes from.</summary>
internal sealed record ApiSuppression(string Kind, string Origin, DateTimeOffset Since, long? MailingId, string? Pattern);
