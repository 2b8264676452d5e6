namespace ClosedLoop.Data.Guard;

/// <summary>Somebody who would be mailed, or is in doubt, when a held installation goes on.</summary>
/// <param name="MailingId">The mailing.</param>
/// <param name="Sequence">Place in it.</param>
/// <param name="RecipientId">Number in the response files.</param>
/// <param name="Address">Address.</param>
/// <param name="IsClaimed">He was being handed over when the database was last written.</param>
public sealed record OpenRecipient(long MailingId, int Sequence, long RecipientId, string Address, bool IsClaimed);
