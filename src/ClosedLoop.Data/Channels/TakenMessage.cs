namespace ClosedLoop.Data.Channels;

/// <summary>A message that a provider has taken.</summary>
/// <param name="ClientId">Whose it is.</param>
/// <param name="MailingId">Its mailing.</param>
/// <param name="Sequence">The recipient's position in it.</param>
/// <param name="Address">To whom.</param>
/// <param name="Parts">How many ids the provider gave it.</param>
/// <param name="Recorded">Stamp of the transaction that recorded it: tells it from a resend of the same recipient.</param>
internal sealed record TakenMessage(long ClientId, long MailingId, int Sequence, string Address, int Parts, long Recorded);
