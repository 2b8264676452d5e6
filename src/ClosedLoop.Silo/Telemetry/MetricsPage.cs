using System.Diagnostics.Metrics;
using ClosedLoop.Model.Telemetry;

namespace ClosedLoop.Silo.Telemetry;

/// <summary>Keeps what the meters say, for whoever asks for <c>/metrics</c>.</summary>
internal sealed class MetricsPage : IDisposable
{
    private static readonly HashSet<string> Meters = new(["System.Runtime", HouseTelemetry.Name], StringComparer.Ordinal);

    private readonly MeterListener _listener = new();
    private readonly List<MetricFamily> _families = [];
    private readonly Lock _gate = new();

    public MetricsPage()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (!Meters.Contains(instrument.Meter.Name)) return;
            var family = new MetricFamily(instrument);
            lock (_gate) _families.Add(family);
            listener.EnableMeasurementEvents(instrument, family);
        };
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, family) => ((MetricFamily)family!).Take(value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, family) => ((MetricFamily)family!).Take(value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, family) => ((MetricFamily)family!).Take(value, tags));
        _listener.Start();
    }

    public string Write()
    {
        try
        {
            _listener.RecordObservableInstruments();
        }
        catch (AggregateException)
        {
            // A database that is away must not hide the other numbers; a gauge that cannot be read keeps its last.
        }

        using var output = new StringWriter();
        lock (_gate)
        {
            foreach (var family in _families.OrderBy(family => family.Name, StringComparer.Ordinal)) family.Write(output);
        }

        return output.ToString();
    }

    public void Dispose() => _listener.Dispose();
}
