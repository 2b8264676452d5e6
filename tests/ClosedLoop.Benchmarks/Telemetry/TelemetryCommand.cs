using System.Diagnostics;
using System.Diagnostics.Metrics;
using ClosedLoop.Delivery.Telemetry;
using ClosedLoop.Model.Telemetry;
using ClosedLoop.Silo.Telemetry;

namespace ClosedLoop.Benchmarks.Telemetry;

/// <summary>What a measured message costs: a counter with three labels and a histogram with one, as the sending path has them, with nobody listening and with the page of metrics.</summary>
internal static class TelemetryCommand
{
    private const int Messages = 2_000_000;

    public static int Run()
    {
        var counter = HouseTelemetry.Meter.CreateCounter<long>("benchmark.sent");
        var histogram = HouseTelemetry.Meter.CreateHistogram<double>("benchmark.duration", "s", description: null, tags: null, HouseTelemetry.Seconds);
        Measure(counter, histogram);
        var alone = Measure(counter, histogram);
        double watched;
        using (new MetricsPage())
        {
            Measure(counter, histogram);
            watched = Measure(counter, histogram);
        }

        Console.Out.WriteLine(FormattableString.Invariant($"{{\"schema\":\"closedloop.benchmark.telemetry/v1\",\"nobodyListensNs\":{alone:0.0},\"pageOfMetricsNs\":{watched:0.0},\"messages\":{Messages}}}"));
        return 0;
    }

    /// <returns>Nanoseconds a message.</returns>
    private static double Measure(Counter<long> counter, Histogram<double> histogram)
    {
        const string Address = "somebody@gmail.com";
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < Messages; i++)
        {
            if (counter.Enabled) counter.Add(1, new("outcome", "sent"), new("provider", ProviderGroup.Of(Address)), new("channel", "mail"));
            if (histogram.Enabled) histogram.Record(0.003, new KeyValuePair<string, object?>("provider", ProviderGroup.Of(Address)));
        }

        return Stopwatch.GetElapsedTime(started).TotalNanoseconds / Messages;
    }
}
