using ClosedLoop.Data.Ledger;

namespace ClosedLoop.Operations.Reading;

/// <summary>Recipients of a mailing who wait for a later time.</summary>
public sealed record DelayLine(long MailingId, string Name, Delay Delay);
