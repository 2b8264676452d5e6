using System.Diagnostics;
using ClosedLoop.Data.Silos;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Clustering;

/// <summary>
/// Runs services while this silo has their duty. They are stopped when the duty's time is over by this silo's own clock, also while the database does not answer: by then another
/// silo may run them.
/// </summary>
internal sealed partial class DutyKeeper(
    string duty, IReadOnlyList<IHostedService> services, DutyStore store, SiloIdentity identity, SiloSettings settings, TimeProvider time, ILogger<DutyKeeper> logger) : BackgroundService
{
    private readonly ILogger _logger = logger;
    private readonly TimeSpan _lease = TimeSpan.FromSeconds(settings.Cluster.LeaseSeconds);
    private bool _running;
    private long _until;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        var had = _running;
        await SetAsync(running: false, cancellationToken);
        if (had) await store.ReleaseAsync(duty, identity.Id).WaitAsync(TimeSpan.FromSeconds(5), time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The duty's own clock starts before the question and ends an eighth early, so it is over before the database's.
        var margin = _lease * 7 / 8;
        while (!stoppingToken.IsCancellationRequested)
        {
            var asked = Stopwatch.GetTimestamp();
            var answer = store.TryHoldAsync(duty, identity.Id, _lease);
            while (!answer.IsCompleted)
            {
                await ((Task)Task.WhenAny(answer, Task.Delay(_lease / 8, time, stoppingToken))).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (stoppingToken.IsCancellationRequested) return;
                if (Stopwatch.GetTimestamp() > _until) await SetAsync(running: false, stoppingToken);
            }

            await TakeAsync(answer, asked + (long)(margin.TotalSeconds * Stopwatch.Frequency), stoppingToken);
            await Task.Delay(_lease / 4, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TakeAsync(Task<bool> answer, long until, CancellationToken stopping)
    {
        var has = false;
        try
        {
            has = await answer;
        }
#pragma warning disable CA1031 // a database that is away for a moment costs the duty at most
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogUnasked(duty, e.Message);
        }

        if (has) _until = until;
        await SetAsync(has && Stopwatch.GetTimestamp() < until, stopping);
    }

    private async Task SetAsync(bool running, CancellationToken cancellation)
    {
        if (running == _running) return;
        _running = running;
        if (running) LogTaken(duty);
        else LogGiven(duty);
        foreach (var service in services)
        {
            if (running) await service.StartAsync(cancellation);
            else await service.StopAsync(CancellationToken.None);
        }
    }

    [LoggerMessage(6203, LogLevel.Information, "this silo has the duty {Duty} now")]
    private partial void LogTaken(string duty);

    [LoggerMessage(6204, LogLevel.Information, "this silo has the duty {Duty} no longer")]
    private partial void LogGiven(string duty);

    [LoggerMessage(6205, LogLevel.Warning, "the duty {Duty} could not be asked for now: {Error}")]
    private partial void LogUnasked(string duty, string error);
}
