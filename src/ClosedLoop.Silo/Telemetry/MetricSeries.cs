namespace ClosedLoop.Silo.Telemetry;

/// <summary>One line of numbers: an instrument with certain labels.</summary>
internal sealed class MetricSeries(string labels, IReadOnlyList<double> bounds)
{
    private readonly long[] _buckets = new long[bounds.Count + 1];
    private readonly Lock _gate = new();
    private double _sum;
    private double _last;
    private long _count;

    /// <summary>As they stand in the text: <c>a="b",c="d"</c>.</summary>
    public string Labels { get; } = labels;

    public void Add(double value)
    {
        lock (_gate) _sum += value;
    }

    public void Set(double value)
    {
        lock (_gate) _last = value;
    }

    public void Observe(double value)
    {
        var bucket = 0;
        while (bucket < bounds.Count && value > bounds[bucket]) bucket++;
        lock (_gate)
        {
            _buckets[bucket]++;
            _sum += value;
            _count++;
        }
    }

    public (double Sum, double Last, long Count, long[] Buckets) Read()
    {
        lock (_gate) return (_sum, _last, _count, [.. _buckets]);
    }
}
