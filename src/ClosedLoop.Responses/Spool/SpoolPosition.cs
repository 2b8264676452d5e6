namespace ClosedLoop.Responses.Spool;

/// <summary>
/// A place between two records. Whoever drains the spool stores it in the same transaction as the events before it,
/// and goes on from there after a crash: that is what makes draining exactly-once. The default value is the very start.
/// </summary>
/// <param name="Segment">Number of the segment; grows for ever, also over an emptied folder.</param>
/// <param name="Offset">Bytes from the start of the segment.</param>
public readonly record struct SpoolPosition(long Segment, long Offset) : IComparable<SpoolPosition>
{
    public int CompareTo(SpoolPosition other) =>
        Segment != other.Segment ? Segment.CompareTo(other.Segment) : Offset.CompareTo(other.Offset);

    public static bool operator <(SpoolPosition left, SpoolPosition right) => left.CompareTo(right) < 0;

    public static bool operator >(SpoolPosition left, SpoolPosition right) => left.CompareTo(right) > 0;

    public static bool operator <=(SpoolPosition left, SpoolPosition right) => left.CompareTo(right) <= 0;

    public static bool operator >=(SpoolPosition left, SpoolPosition right) => left.CompareTo(right) >= 0;
}
