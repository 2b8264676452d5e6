using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using ClosedLoop.Delivery.Telemetry;
using ClosedLoop.Model.Telemetry;

namespace ClosedLoop.Benchmarks.Telemetry;

/// <summary>Measures messages as the sending path does: a counter with three labels, a histogram with one, and a span for every slice.</summary>
internal sealed class MeasuredMessages
{
    private const string Address = "somebody@gmail.com";

    /// <summary>Messages of a slice, which is a span.</summary>
    private const int Slice = 1_000;

    private readonly Counter<long> _counter = HouseTelemetry.Meter.CreateCounter<long>("benchmark.sent");
    private readonly Histogram<double> _histogram = HouseTelemetry.Meter.CreateHistogram<double>("benchmark.duration", "s", description: null, tags: null, HouseTelemetry.Seconds);
    private readonly byte[] _message = new byte[20_000];
    private readonly byte[] _hash = new byte[32];

    /// <summary>Nothing but the measurements.</summary>
    /// <returns>Nanoseconds a message.</returns>
    public double Alone(int messages) => Time(messages, work: false);

    /// <summary>Each message is hashed besides, which is the least that one of 20,000 bytes costs on its way.</summary>
    /// <returns>Nanoseconds a message.</returns>
    public double WithWork(int messages) => Time(messages, work: true);

    private double Time(int messages, bool work)
    {
        var started = Stopwatch.GetTimestamp();
        for (var left = messages; left > 0; left -= Slice)
        {
            using var span = HouseTelemetry.Source.StartActivity("batch");
            for (var i = 0; i < Math.Min(left, Slice); i++)
            {
                if (work) SHA256.HashData(_message, _hash);
                if (_counter.Enabled) _counter.Add(1, new("outcome", "sent"), new("provider", ProviderGroup.Of(Address)), new("channel", "mail"));
                if (_histogram.Enabled) _histogram.Record(0.003, new KeyValuePair<string, object?>("provider", ProviderGroup.Of(Address)));
            }
        }

        return Stopwatch.GetElapsedTime(started).TotalNanoseconds / messages;
    }
}
