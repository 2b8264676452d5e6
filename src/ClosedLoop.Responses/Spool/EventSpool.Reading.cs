using ClosedLoop.Model.Events;

namespace ClosedLoop.Responses.Spool;

public sealed partial class EventSpool
{
    private readonly List<SpoolSegment> _segments = [];
    private long _lastNumber;
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Reads durable events from a position on; an empty batch when there are none yet.</summary>
    /// <param name="from">The default value, or <see cref="SpoolBatch.Next"/> of the last batch that was stored.</param>
    /// <param name="max">Most events to return.</param>
    /// <exception cref="SpoolException"><see cref="SpoolError.UnknownPosition"/>.</exception>
    public SpoolBatch ReadBatch(SpoolPosition from, int max)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        var events = new List<TrackedEvent>(Math.Min(max, 4096));
        var next = from;
        long damaged = 0;
        var unknown = 0;
        foreach (var (segment, end) in SegmentsFrom(from))
        {
            var offset = segment.Number == from.Segment ? from.Offset : 0;
            if (offset >= end)
                continue;
            if (events.Count == max)
                break;
            using var reader = new SpoolReader(segment.Path, offset, end);
            while (events.Count < max && reader.TryReadNext(out var payload))
            {
                if (TrackedEventCodec.TryRead(payload, out var tracked))
                    events.Add(tracked!);
                else
                    unknown++;
            }
            next = new SpoolPosition(segment.Number, reader.Offset);
            damaged += reader.DamagedBytes;
        }
        if (damaged > 0 || unknown > 0)
            LogPassedOver(_options.Directory, damaged, unknown, from.Segment, from.Offset);
        return new SpoolBatch(events, next, damaged, unknown);
    }

    /// <summary>Completes when events after the position are there; at once when they already are.</summary>
    public Task WaitForMoreAsync(SpoolPosition after, CancellationToken cancellationToken)
    {
        lock (_gate)
            return BytesAfterLocked(after) > 0 ? Task.CompletedTask : _more.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Durable bytes after a position: what a drain still has to do.</summary>
    public long BytesAfter(SpoolPosition position)
    {
        lock (_gate)
            return BytesAfterLocked(position);
    }

    /// <summary>
    /// Says that everything before the position is stored elsewhere, durably. Segments that lie wholly before it are deleted.
    /// The segment of the position stays even when it is drained: its name carries the highest number over a restart.
    /// </summary>
    public void Confirm(SpoolPosition position)
    {
        List<SpoolSegment> drained;
        lock (_gate)
        {
            drained = _segments.FindAll(segment => segment.Number < position.Segment && segment != _segments[^1]);
            _segments.RemoveAll(drained.Contains);
        }
        foreach (var segment in drained)
        {
            try
            {
                File.Delete(segment.Path);
            }
            catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
            {
                LogDeleteFailed(cause, segment.Path);
            }
        }
    }

    private List<(SpoolSegment Segment, long End)> SegmentsFrom(SpoolPosition from)
    {
        lock (_gate)
        {
            // Waiting there would wait for ever, with new events piling up before the position.
            if (_segments.Count > 0 && from.Segment > _segments[^1].Number)
            {
                throw new SpoolException(
                    SpoolError.UnknownPosition,
                    $"Position {from.Segment}:{from.Offset} is after the newest segment {_segments[^1].Number} of the event spool {_options.Directory}. Likely the folder was replaced by an older copy.");
            }
            return [.. _segments.Where(segment => segment.Number >= from.Segment).Select(segment => (segment, segment.End))];
        }
    }

    private long BytesAfterLocked(SpoolPosition position) =>
        _segments.Where(segment => segment.Number >= position.Segment)
            .Sum(segment => segment.Number == position.Segment ? Math.Max(0, segment.End - position.Offset) : segment.End);

    private void LoadSegments()
    {
        foreach (var path in Directory.EnumerateFiles(_options.Directory, "*" + SpoolSegment.Extension))
        {
            if (SpoolSegment.TryParseNumber(path, out var number))
                _segments.Add(new SpoolSegment(_options.Directory, number, new FileInfo(path).Length));
        }
        _segments.Sort((left, right) => left.Number.CompareTo(right.Number));
        if (_segments.Count == 0)
            return;
        _lastNumber = _segments[^1].Number;
        CutTornTail(_segments[^1]);
    }

    // A crash leaves at most the unacknowledged end of the newest segment unfinished. It is cut here, so that later damage
    // in the middle of a segment is told apart from it.
    private void CutTornTail(SpoolSegment segment)
    {
        long whole;
        using (var reader = new SpoolReader(segment.Path, 0, segment.End))
        {
            while (reader.TryReadNext(out _))
            {
            }
            whole = reader.LastWhole;
        }
        if (whole == segment.End)
            return;
        LogTornTail(segment.Path, segment.End - whole);
        using var handle = File.OpenHandle(segment.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        RandomAccess.SetLength(handle, whole);
        RandomAccess.FlushToDisk(handle);
        segment.End = whole;
    }
}
