namespace ClosedLoop.Operations.Live;

/// <summary>What open pages cost: a comparison of one number a second each.</summary>
internal sealed class LiveMeter
{
    private int _streams;
    private long _looks;

    /// <summary>Pages that are open now.</summary>
    public int Streams => Volatile.Read(ref _streams);

    /// <summary>Comparisons since the start.</summary>
    public long Looks => Interlocked.Read(ref _looks);

    public void Opened() => Interlocked.Increment(ref _streams);

    public void Closed() => Interlocked.Decrement(ref _streams);

    public void Looked() => Interlocked.Increment(ref _looks);
}
