using System.Diagnostics;
using System.Diagnostics.Metrics;
using ClosedLoop.Delivery.Telemetry;
using ClosedLoop.Model.Telemetry;
using ClosedLoop.Silo.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace ClosedLoop.Benchmarks.Telemetry;

/// <summary>What a measured message costs: a counter with three labels and a histogram with one, as the sending path has them, with nobody listening, with the page of metrics, and with that and the collector's library.</summary>
internal static class TelemetryCommand
{
    private const int Messages = 2_000_000;

    public static int Run()
    {
        var counter = HouseTelemetry.Meter.CreateCounter<long>("benchmark.sent");
        var histogram = HouseTelemetry.Meter.CreateHistogram<double>("benchmark.duration", "s", description: null, tags: null, HouseTelemetry.Seconds);
        Measure(counter, histogram);
        var alone = Measure(counter, histogram);
        double watched, both;
        using (new MetricsPage())
        {
            Measure(counter, histogram);
            watched = Measure(counter, histogram);
            using var exporter = new NoExport();
            using var reader = new BaseExportingMetricReader(exporter);
            using var provider = Sdk.CreateMeterProviderBuilder().AddMeter(HouseTelemetry.Name).AddReader(reader).Build();
            Measure(counter, histogram);
            both = Measure(counter, histogram);
        }

        Console.Out.WriteLine(FormattableString.Invariant(
            $"{{\"schema\":\"closedloop.benchmark.telemetry/v1\",\"nobodyListensNs\":{alone:0.0},\"pageOfMetricsNs\":{watched:0.0},\"pageAndOtlpNs\":{both:0.0},\"messages\":{Messages}}}"));
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

    /// <summary>Stands in place of the network, which is asked every minute and not for each message.</summary>
    private sealed class NoExport : BaseExporter<Metric>
    {
        public override ExportResult Export(in Batch<Metric> batch) => ExportResult.Success;
    }
}
