namespace ClosedLoop.Responses.Spool;

/// <summary>Where the spool lives and what it may grow to.</summary>
public sealed record EventSpoolOptions
{
    /// <summary>Folder of the segments, on a local disk; made when missing. One process at a time.</summary>
    public required string Directory { get; init; }

    /// <summary>Bytes after which a segment is closed and the next one begun. Default 16 MB: about 150,000 events, deleted in one go once drained.</summary>
    public long SegmentBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Longest record in bytes. Default 16 KB; an event needs at most 1.6 KB.</summary>
    public int MaxRecordBytes { get; init; } = 16 * 1024;

    /// <summary>Bytes that may wait for the disk, after which an append is refused at once. Default 8 MB: a disk that far behind will not catch up soon.</summary>
    public int MaxUnsyncedBytes { get; init; } = 8 * 1024 * 1024;

    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Directory);
        ArgumentOutOfRangeException.ThrowIfLessThan(SegmentBytes, 1024);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxRecordBytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxRecordBytes, SpoolFrame.MaxPayloadLength);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxUnsyncedBytes, MaxRecordBytes + SpoolFrame.HeaderLength);
    }
}
