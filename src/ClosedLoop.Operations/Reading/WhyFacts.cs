using ClosedLoop.Data.Mailings;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Operations.Reading;

/// <summary>What <see cref="Why"/> explains.</summary>
/// <param name="Mailing">The message's mailing.</param>
/// <param name="State">What became of it.</param>
/// <param name="Address">As it was imported.</param>
/// <param name="DueAt">Microseconds; when it is tried next, 0 for at once.</param>
/// <param name="DoneAt">Microseconds; when the outcome was known.</param>
/// <param name="ReplyCode">SMTP reply code, or <c>null</c>.</param>
/// <param name="Reason">Stable code and text.</param>
/// <param name="Standing">How the address stands with the client now.</param>
internal sealed record WhyFacts(MailingRow Mailing, RecipientState State, string Address, long DueAt, long? DoneAt, long? ReplyCode, string? Reason, Standing Standing);
