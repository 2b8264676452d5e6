namespace ClosedLoop.Operations.Reading;

/// <summary>Recipients of a mailing by state.</summary>
public sealed record StateCounts(long Waiting, long Sending, long Sent, long Failed, long Suppressed, long Unknown, long Cancelled)
{
    public static StateCounts None { get; } = new(0, 0, 0, 0, 0, 0, 0);

    public long Open => Waiting + Sending;

    public long Total => Open + Sent + Failed + Suppressed + Unknown + Cancelled;

    public long Done => Total - Open;

    public static StateCounts Of(IReadOnlyList<(long State, long Count)> rows)
    {
        Span<long> counts = stackalloc long[7];
        foreach (var (state, count) in rows)
        {
            if (state is >= 0 and < 7) counts[(int)state] += count;
        }

        return new StateCounts(counts[0], counts[1], counts[2], counts[3], counts[4], counts[5], counts[6]);
    }
}
