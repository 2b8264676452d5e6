namespace ClosedLoop.Data.Events;

/// <summary>How far a spool of events has been stored. The default value is its very start.</summary>
/// <param name="Segment">Number of the segment.</param>
/// <param name="Offset">Bytes from the start of the segment.</param>
public readonly record struct SpoolMark(long Segment, long Offset);
