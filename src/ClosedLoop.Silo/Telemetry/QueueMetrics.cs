using System.Diagnostics.Metrics;
using ClosedLoop.Data.Alarms;
using ClosedLoop.Data.Guard;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Model;
using ClosedLoop.Model.Telemetry;
using ClosedLoop.Responses.Drain;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Telemetry;

/// <summary>What waits, is wrong or runs short: read when somebody asks, and then at most once in some seconds, so that nobody pays who does not look.</summary>
internal sealed class QueueMetrics : IHostedService
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private readonly QueueReader _queue;
    private readonly AlarmStore _alarms;
    private readonly InstanceStore _instance;
    private readonly SpoolDrain _drain;
    private readonly SiloSettings _settings;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private (DateTimeOffset At, long Waiting, long Sending, long? Oldest) _last = (DateTimeOffset.MinValue, 0, 0, null);

    public QueueMetrics(QueueReader queue, AlarmStore alarms, InstanceStore instance, SpoolDrain drain, SiloSettings settings, TimeProvider time)
    {
        (_queue, _alarms, _instance, _drain, _settings, _time) = (queue, alarms, instance, drain, settings, time);
        var meter = HouseTelemetry.Meter;
        meter.CreateObservableGauge("closedloop.queue.depth", () => Depth(), "{message}", "Recipients of mailings under way that have no outcome yet, by state.");
        meter.CreateObservableGauge("closedloop.queue.oldest.age", () => Age(), "s", "How long the oldest mailing under way has been one.");
        meter.CreateObservableGauge("closedloop.alarm.active", () => (long)_alarms.All().Count, "{alarm}", "Alarms that stand now.");
        meter.CreateObservableGauge("closedloop.sending.held", () => _instance.Read()?.HeldAt is null ? 0 : 1, "1", "1 while nothing is sent until an operator has confirmed.");
        meter.CreateObservableGauge("closedloop.spool.depth", () => _drain.BytesBehind, "By", "Events in the spool that are not in the database yet.");
        meter.CreateObservableGauge("closedloop.disk.free", () => new DriveInfo(_settings.DataPath).AvailableFreeSpace, "By", "Room on the disk of the data folder.");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private IEnumerable<Measurement<long>> Depth()
    {
        var now = Read();
        yield return new Measurement<long>(now.Waiting, new KeyValuePair<string, object?>("state", "waiting"));
        yield return new Measurement<long>(now.Sending, new KeyValuePair<string, object?>("state", "sending"));
    }

    private double Age() => Read().Oldest is { } oldest ? Math.Max(0, (_time.GetUtcNow() - Instants.FromMicroseconds(oldest)).TotalSeconds) : 0;

    private (DateTimeOffset At, long Waiting, long Sending, long? Oldest) Read()
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            if (now - _last.At < Fresh) return _last;
            var read = _queue.Read();
            return _last = (now, read.Waiting, read.Sending, read.Oldest);
        }
    }
}
