using System.Globalization;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Optimove;
using ClosedLoop.Grains.Mailings;
using ClosedLoop.Grains.Optimove;
using ClosedLoop.Grains.Zones;
using ClosedLoop.Model;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Silo.Clustering;

/// <summary>
/// Asks after everything that should be moving, so that what lived on a silo that is gone lives on another within seconds; reminders do the same within minutes. All calls are cheap where
/// all is well, and none waits for another.
/// </summary>
internal sealed partial class ClusterPulse(
    IGrainFactory grains, DefinitionStore definitions, MailingStore mailings, ConnectorStore connectors, TimeProvider time, ILogger<ClusterPulse> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Microseconds for which a cancelled mailing is looked at, should a silo have left somebody claimed in it.</summary>
    private const long Settling = 3_600_000_000;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RecurringWork.RunAsync(BeatAsync, Interval, time, LogFailed, stoppingToken);

    private Task BeatAsync(CancellationToken cancellation)
    {
        var connected = connectors.All().Select(connector => connector.ClientId).ToHashSet();
        foreach (var client in definitions.Clients())
        {
            if (connected.Contains(client.Value.Id)) _ = AskAsync(client.Value.Key, grains.GetGrain<IOptimoveConnectorGrain>(client.Value.Key).StartAsync());
            _ = AskAsync(client.Value.Key, grains.GetGrain<IDropZoneGrain>(client.Value.Key).StartAsync());
            _ = AskAsync(client.Value.Key, grains.GetGrain<IOrderZoneGrain>(client.Value.Key).StartAsync());
        }

        var since = time.NowMicroseconds() - Settling;
        MailingState[] moving = [MailingState.Queued, MailingState.Sending, MailingState.Paused, MailingState.Cancelled];
        foreach (var mailing in moving.SelectMany(mailings.InState).Where(mailing => mailing.State != MailingState.Cancelled || mailing.FinishedAt > since))
        {
            cancellation.ThrowIfCancellationRequested();
            var key = mailing.MailingId.ToString(CultureInfo.InvariantCulture);
            _ = AskAsync(key, grains.GetGrain<IMailingGrain>(key).WatchAsync());
        }

        return Task.CompletedTask;
    }

    private async Task AskAsync(string grain, Task answer)
    {
        try
        {
            await answer;
        }
#pragma warning disable CA1031 // a silo that is just going answers nothing; the next beat asks another
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogUnanswered(grain, e.Message);
        }
    }

    [LoggerMessage(6206, LogLevel.Warning, "what should be moving could not be asked after now")]
    private partial void LogFailed(Exception error);

    [LoggerMessage(6207, LogLevel.Information, "{Grain} did not answer and will be asked again: {Error}")]
    private partial void LogUnanswered(string grain, string error);
}
