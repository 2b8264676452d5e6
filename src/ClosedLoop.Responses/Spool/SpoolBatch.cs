using ClosedLoop.Model.Events;

namespace ClosedLoop.Responses.Spool;

/// <summary>Events read in one go.</summary>
/// <param name="Events">In the order they were written; empty when nothing more is there.</param>
/// <param name="Next">Where to go on.</param>
/// <param name="DamagedBytes">Bytes passed over because no whole record was found in them. More than zero after acknowledged events means the disk lost data.</param>
/// <param name="UnknownRecords">Whole records of a format this version does not know; passed over.</param>
public sealed record SpoolBatch(IReadOnlyList<TrackedEvent> Events, SpoolPosition Next, long DamagedBytes, int UnknownRecords);
