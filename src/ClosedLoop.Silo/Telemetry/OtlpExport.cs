using ClosedLoop.Model.Telemetry;
using ClosedLoop.Silo.Configuration;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ClosedLoop.Silo.Telemetry;

/// <summary>
/// Metrics, traces and logs to a collector, when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names one. All other variables of OpenTelemetry hold as they are defined there.
/// </summary>
internal sealed class OtlpExport : IHostedService, IDisposable
{
    private MeterProvider? _metrics;
    private TracerProvider? _traces;

    public static bool IsWanted => !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT"));

    public static void AddLogs(ILoggingBuilder logging, SiloSettings settings)
    {
        if (!IsWanted) return;
        logging.AddOpenTelemetry(options =>
        {
            options.IncludeFormattedMessage = true;
            options.SetResourceBuilder(Resource());
            if (settings.Log.MaskAddresses) options.AddProcessor(new MaskedLogs());
            options.AddOtlpExporter();
        });
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!IsWanted) return Task.CompletedTask;
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(Resource())
            .AddMeter(HouseTelemetry.Name, "System.Runtime", "Microsoft.Orleans", "Microsoft.AspNetCore.Hosting", "System.Net.Http", "Npgsql")
            .AddOtlpExporter().Build();
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(Resource())
            .AddSource(HouseTelemetry.Name, "Microsoft.Orleans.Runtime", "Microsoft.Orleans.Application")
            .AddOtlpExporter().Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _metrics?.Dispose();
        _traces?.Dispose();
        (_metrics, _traces) = (null, null);
    }

    private static ResourceBuilder Resource() => ResourceBuilder.CreateDefault()
        .AddService("closedloop", serviceVersion: typeof(OtlpExport).Assembly.GetName().Version!.ToString(3)).AddEnvironmentVariableDetector();
}
