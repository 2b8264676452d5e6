using System.Text.Json;
using ClosedLoop.Model.Telemetry;
using ClosedLoop.Silo.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace ClosedLoop.Benchmarks.Telemetry;

/// <summary>
/// <c>telemetry</c>: what a measured message costs with nobody listening, with the page of metrics, and with that and an export by OTLP to a collector on this machine, in turn, so that a
/// machine busy with other work slows all three alike. Exports are sixty times as frequent as a service's, so that several fall into each turn.
/// </summary>
internal static class TelemetryCommand
{
    private const int Rounds = 5;
    private const int Messages = 1_000_000;
    private const int Hashed = 100_000;
    private const int ExportMilliseconds = 1_000;

    public static async Task<int> RunAsync()
    {
        var messages = new MeasuredMessages();
        await using var collector = await CollectorDouble.StartAsync();
        var turns = new List<Turn>();

        // The first round is for the compiler.
        for (var round = 0; round <= Rounds; round++)
        {
            var off = (messages.Alone(Messages), messages.WithWork(Hashed));
            (double, double) page, export;
            using (new MetricsPage())
            {
                page = (messages.Alone(Messages), messages.WithWork(Hashed));
                using var metrics = Metrics(collector);
                using var traces = Traces(collector);
                export = (messages.Alone(Messages), messages.WithWork(Hashed));
                metrics.ForceFlush();
                traces.ForceFlush();
            }

            if (round > 0) turns.Add(new Turn(off, page, export));
        }

        Console.Out.WriteLine(JsonSerializer.Serialize(new
        {
            schema = "closedloop.benchmark.telemetry/v2",
            nobodyListensNs = Median(turns, turn => turn.Off.Alone),
            pageOfMetricsNs = Median(turns, turn => turn.Page.Alone),
            pageAndExportNs = Median(turns, turn => turn.Export.Alone),
            pageOverOffWithWork = Median(turns, turn => turn.Page.WithWork / turn.Off.WithWork),
            exportOverOffWithWork = Median(turns, turn => turn.Export.WithWork / turn.Off.WithWork),
            workNs = Median(turns, turn => turn.Off.WithWork),
            rounds = Rounds,
            messages = Messages,
            collector = new { requests = collector.Requests, bytes = collector.Bytes },
        }));

        // A collector that heard nothing was no export.
        return collector.Requests > Rounds ? 0 : 1;
    }

    private static MeterProvider Metrics(CollectorDouble collector) => Sdk.CreateMeterProviderBuilder().AddMeter(HouseTelemetry.Name).AddOtlpExporter((exporter, reader) =>
    {
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = new Uri(collector.Address, "/v1/metrics");
        reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = ExportMilliseconds;
    }).Build();

    private static TracerProvider Traces(CollectorDouble collector) => Sdk.CreateTracerProviderBuilder().AddSource(HouseTelemetry.Name).AddOtlpExporter(exporter =>
    {
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = new Uri(collector.Address, "/v1/traces");
        exporter.BatchExportProcessorOptions.ScheduledDelayMilliseconds = ExportMilliseconds;
    }).Build();

    private static double Median(List<Turn> turns, Func<Turn, double> of) => Math.Round(turns.Select(of).Order().ElementAt(turns.Count / 2), 3);

    private sealed record Turn((double Alone, double WithWork) Off, (double Alone, double WithWork) Page, (double Alone, double WithWork) Export);
}
