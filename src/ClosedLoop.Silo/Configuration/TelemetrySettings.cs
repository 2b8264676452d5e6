using ClosedLoop.Silo.Telemetry;

namespace ClosedLoop.Silo.Configuration;

/// <summary>Measurements. Export over OTLP is switched on by the variables of OpenTelemetry, first of all <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>.</summary>
public sealed record TelemetrySettings
{
    /// <summary>Who may read <c>/metrics</c>.</summary>
    public MetricsAudience Metrics { get; init; } = MetricsAudience.Local;
}
