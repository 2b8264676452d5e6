namespace ClosedLoop.Data.Lookup;

/// <summary>One message: a mailing and a position in it.</summary>
public readonly record struct MessageKey(long MailingId, int Sequence);
