namespace ClosedLoop.Mail.Sink;

/// <summary>Keeps the count that <see cref="SinkPressure"/> goes by, over all sessions of a sink.</summary>
internal sealed class PressureGauge(SinkPressure pressure, TimeProvider time)
{
    private readonly Lock _gate = new();
#pragma warning disable CA5394 // A draw for tests, not a secret.
    private readonly Random _random = new(pressure.Seed);
#pragma warning restore CA5394
    private readonly long _started = time.GetTimestamp();
    private readonly Dictionary<string, int> _inThisSecond = new(StringComparer.OrdinalIgnoreCase);
    private long _second = -1;

    public int MessagesPerConnection => pressure.MessagesPerConnection;

    public TimeSpan ReplyDelay => pressure.ReplyDelay;

    /// <summary>The refusal a recipient gets; null takes it.</summary>
    public string? Judge(string recipient)
    {
        var elapsed = time.GetElapsedTime(_started);
        if (elapsed < pressure.TemporaryFor)
            return "451 4.3.2 not yet";
        lock (_gate)
        {
#pragma warning disable CA5394
            if (pressure.TemporaryShare > 0 && _random.NextDouble() < pressure.TemporaryShare)
                return "451 4.3.0 try again later";
#pragma warning restore CA5394
            return pressure.DomainRate > 0 && CountInThisSecond(recipient, elapsed) > pressure.DomainRate ? "450 4.7.1 too fast for this domain" : null;
        }
    }

    private int CountInThisSecond(string recipient, TimeSpan elapsed)
    {
        var second = (long)elapsed.TotalSeconds;
        if (second != _second)
        {
            _second = second;
            _inThisSecond.Clear();
        }

        var domain = recipient[(recipient.LastIndexOf('@') + 1)..];
        _inThisSecond[domain] = _inThisSecond.GetValueOrDefault(domain) + 1;
        return _inThisSecond[domain];
    }
}
