using System.Diagnostics.Metrics;

namespace ClosedLoop.Grains.Embedded;

/// <summary>The instruments of the engine, for whoever collects metrics.</summary>
internal sealed class GrainMeter : IDisposable
{
    private readonly Meter _meter = new(GrainEngine.MeterName);
    private readonly Counter<long> _errors;
    private readonly Histogram<double> _duration;

    public GrainMeter(GrainEngine engine)
    {
        _errors = _meter.CreateCounter<long>("grains.call.errors", "{call}", "Grain calls that ended with an exception.");
        _duration = _meter.CreateHistogram<double>("grains.call.duration", "s", "Time from a grain call to its end, waiting included.");
        _meter.CreateObservableGauge(
            "grains.activations",
            () => engine.Registry.Classes.Select(one => one.Snapshot()).Select(
                one => new Measurement<int>(one.Activations, new KeyValuePair<string, object?>("grain.type", one.GrainType))),
            "{activation}",
            "Living activations.");
    }

    public void Record(string method, double seconds, bool failed)
    {
        if (_duration.Enabled)
            _duration.Record(seconds, new KeyValuePair<string, object?>("grain.method", method));
        if (failed && _errors.Enabled)
            _errors.Add(1, new KeyValuePair<string, object?>("grain.method", method));
    }

    public void Dispose() => _meter.Dispose();
}
