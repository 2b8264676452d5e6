using ClosedLoop.Model;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Watching;

/// <summary>Looks at everything that must not stand still, and raises an alarm that names the cause.</summary>
internal sealed partial class Watchdog(IEnumerable<IWatch> watches, AlarmDesk desk, SiloSettings settings, TimeProvider time, ILogger<Watchdog> logger) : BackgroundService
{
    /// <summary>One look at everything; what cannot be looked at keeps the alarms it has.</summary>
    public async Task RunAsync()
    {
        foreach (var watch in watches)
        {
            try
            {
                var look = await watch.LookAsync(time.NowMicroseconds());
                await desk.ReplaceAsync(watch.Scope, look.Found, look.Looked);
            }
#pragma warning disable CA1031 // one thing that cannot be looked at must not hide the others
            catch (Exception e)
#pragma warning restore CA1031
            {
                LogFailed(watch.Scope, e);
            }
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        RecurringWork.RunAsync(_ => RunAsync(), TimeSpan.FromSeconds(settings.Watch.IntervalSeconds), time, e => LogFailed("all", e), stoppingToken);

    [LoggerMessage(6121, LogLevel.Error, "CL3206: the watchdog could not look at {Scope} now")]
    private partial void LogFailed(string scope, Exception error);
}
