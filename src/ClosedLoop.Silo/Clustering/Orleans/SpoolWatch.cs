using ClosedLoop.Model;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Hosting;
using ClosedLoop.Silo.Watching;

namespace ClosedLoop.Silo.Clustering;

/// <summary>Each silo watches its own spool: nobody else can look into it. An alarm of a silo that is gone stays, because its events are still not stored.</summary>
internal sealed partial class SpoolWatch(IServiceProvider provider, AlarmDesk desk, SiloIdentity identity, SiloSettings settings, TimeProvider time, ILogger<SpoolWatch> logger) : BackgroundService
{
    private readonly SpoolStandstill _spool = SiloWatch.Spool(provider, identity.Name);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        RecurringWork.RunAsync(LookAsync, TimeSpan.FromSeconds(settings.Watch.IntervalSeconds), time, LogFailed, stoppingToken);

    private async Task LookAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var look = await _spool.LookAsync(time.NowMicroseconds());
        await desk.ReplaceAsync(_spool.Scope, look.Found, look.Looked);
    }

    [LoggerMessage(6208, LogLevel.Error, "the spool could not be looked at now")]
    private partial void LogFailed(Exception error);
}
