using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ClosedLoop.Model.Telemetry;

/// <summary>
/// Meter and activity source of all stations. Nobody listens unless a collector is named or metrics are asked for, and then a measurement costs a comparison. No
/// measurement bears an address, a mailing id or the name of a client: labels are few and known beforehand.
/// </summary>
public static class HouseTelemetry
{
    /// <summary>Name of meter and source.</summary>
    public const string Name = "ClosedLoop";

    public static readonly Meter Meter = new(Name, typeof(HouseTelemetry).Assembly.GetName().Version!.ToString(3));

    public static readonly ActivitySource Source = new(Name, typeof(HouseTelemetry).Assembly.GetName().Version!.ToString(3));

    /// <summary>Bounds in seconds for what takes from a millisecond to a minute.</summary>
    public static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] };

    /// <summary>Bounds in seconds for what takes from a tenth of a second to an hour.</summary>
    public static readonly InstrumentAdvice<double> LongSeconds = new() { HistogramBucketBoundaries = [0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600] };
}
