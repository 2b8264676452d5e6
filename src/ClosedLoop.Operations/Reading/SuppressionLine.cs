namespace ClosedLoop.Operations.Reading;

/// <summary>One reason for which an address gets no mail.</summary>
/// <param name="Kind"><c>blocked</c> or <c>unsubscribed</c>.</param>
/// <param name="Origin">What it was set by: an address, a pattern, a person, a mail.</param>
/// <param name="At">Microseconds.</param>
/// <param name="MailingId">The mailing it came from, if any.</param>
/// <param name="Pattern">The pattern that fits, when it is one.</param>
public sealed record SuppressionLine(string Kind, string Origin, long At, long? MailingId, string? Pattern = null);
