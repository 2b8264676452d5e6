namespace ClosedLoop.Responses.Spool;

/// <summary>Records that go to the disk together, and the promise their writers wait for.</summary>
internal sealed class SpoolAppends
{
    private const int InitialCapacity = 64 * 1024;
    private byte[] _bytes = new byte[InitialCapacity];
    private TaskCompletionSource _durable = NewPromise();

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    public Task Durable => _durable.Task;

    public void Add(ReadOnlySpan<byte> record)
    {
        var needed = Length + SpoolFrame.HeaderLength + record.Length;
        if (needed > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(needed, _bytes.Length * 2));
        SpoolFrame.Write(_bytes.AsSpan(Length), record);
        Length = needed;
    }

    public void Succeed() => _durable.SetResult();

    public void Fail(SpoolException fault)
    {
        _durable.SetException(fault);

        // Nobody may be waiting any more (the client hung up); an unobserved failure is logged by the writer already.
        _ = _durable.Task.Exception;
    }

    public void Reset()
    {
        Length = 0;
        _durable = NewPromise();
    }

    // Continuations run elsewhere: the writer must go straight on to the next batch.
    private static TaskCompletionSource NewPromise() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
