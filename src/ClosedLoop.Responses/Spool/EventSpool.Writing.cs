using ClosedLoop.Data.Files;

namespace ClosedLoop.Responses.Spool;

public sealed partial class EventSpool
{
    // Both belong to the writer thread alone, and are null together.
    private ISpoolFile? _active;
    private SpoolSegment? _activeSegment;

    private void Write()
    {
        while (true)
        {
            _work.Wait();
            SpoolAppends batch;
            bool last;
            lock (_gate)
            {
                batch = _waiting;
                _waiting = _spare;
                last = _closed;
            }
            if (batch.Length > 0)
                Write(batch);
            lock (_gate)
            {
                _unsyncedBytes -= batch.Length;
                batch.Reset();
                _spare = batch;
            }
            if (!last)
                continue;
            _writerEnded.SetResult();
            return;
        }
    }

    private void Write(SpoolAppends batch)
    {
        try
        {
            var segment = SegmentFor(batch.Length);
            _active!.Write(batch.Bytes, segment.End);

            // The promise of the whole spool: no acknowledgement before the disk has it. An answer sent earlier
            // would tell somebody "unsubscribed" and forget it in a power cut.
            _active.FlushToDisk();
            Advance(segment, batch.Length);
            batch.Succeed();
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            GiveUpSegment();
            LogWriteFailed(cause, _options.Directory, batch.Length);
            batch.Fail(new SpoolException(
                SpoolError.WriteFailed,
                $"The event spool {_options.Directory} could not be written: {cause.Message} Likely the disk is full, read-only or broken.",
                cause));
        }
    }

    private SpoolSegment SegmentFor(int length)
    {
        if (_activeSegment is { } current)
        {
            if (current.End + length <= _options.SegmentBytes)
                return current;
            CloseSegment();
        }

        // Numbers follow the clock, so that a folder emptied by hand does not begin again at positions that were drained before.
        var number = Math.Max(_lastNumber + 1, _time.GetUtcNow().ToUnixTimeMilliseconds());
        var segment = new SpoolSegment(_options.Directory, number, 0);
        _active = _create(segment.Path);
        _activeSegment = segment;
        _lastNumber = number;
        lock (_gate)
            _segments.Add(segment);
        AtomicFile.FlushFolder(_options.Directory);
        return segment;
    }

    private void Advance(SpoolSegment segment, int length)
    {
        TaskCompletionSource more;
        lock (_gate)
        {
            segment.End += length;
            more = _more;
            _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        more.SetResult();
    }

    // After a failed write or flush nobody knows which pages reached the disk, and a second flush may report success for pages the
    // system has dropped. The segment ends where it was last known good, and the next append begins a new one.
    private void GiveUpSegment()
    {
        if (_active is null || _activeSegment is not { } segment)
            return;
        try
        {
            _active.SetLength(segment.End);
            if (segment.End == 0)
                Forget(segment);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            LogCutFailed(cause, segment.Path, segment.End);
        }
        CloseSegment();
    }

    // A disk that stays full would otherwise collect one empty file per attempt.
    private void Forget(SpoolSegment segment)
    {
        lock (_gate)
            _segments.Remove(segment);
        File.Delete(segment.Path);
    }

    private void CloseSegment()
    {
        _active?.Dispose();
        _active = null;
        _activeSegment = null;
    }
}
