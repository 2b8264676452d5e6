namespace ClosedLoop.Data.Inbound;

/// <summary>The message a returned mail belongs to.</summary>
/// <param name="MailingId">The mailing.</param>
/// <param name="Sequence">The recipient's position in it.</param>
/// <param name="ClientId">Whose mailing it is.</param>
/// <param name="Address">The address the message went to.</param>
public sealed record InboundTarget(long MailingId, int Sequence, long ClientId, string Address);
