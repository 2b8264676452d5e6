using ClosedLoop.Data.Events;
using ClosedLoop.Model.Events;
using ClosedLoop.Model.Testing;
using ClosedLoop.Model.Verdicts;
using ClosedLoop.Responses.Spool;
using ClosedLoop.Responses.Telemetry;
using ClosedLoop.Responses.UserAgents;
using ClosedLoop.Responses.Verdicts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Responses.Drain;

/// <summary>
/// Brings tracked events from the local spool into the database, in order: read on from the stored place, say what the user
/// agent was, store the events and the new place in one transaction, and only then let the spool delete them.
/// </summary>
public sealed partial class SpoolDrain(EventSpool spool, EventStore store, SpoolDrainOptions options, TimeProvider time, ILogger<SpoolDrain> logger)
    : BackgroundService
{
    private readonly ILogger _logger = logger;
    private readonly Crowd _crowd = new();

    /// <summary>Bytes of events that are in the spool and not yet in the database.</summary>
    public long BytesBehind
    {
        get
        {
            var mark = store.MarkOf(options.Spool);
            return spool.BytesAfter(new SpoolPosition(mark.Segment, mark.Offset));
        }
    }

    /// <summary>Stores what is there now.</summary>
    /// <returns>Where the spool goes on.</returns>
    public async Task<SpoolPosition> DrainAsync(CancellationToken cancellation)
    {
        var mark = store.MarkOf(options.Spool);
        var position = new SpoolPosition(mark.Segment, mark.Offset);

        // A crash between storing and confirming left segments that are stored already.
        spool.Confirm(position);
        while (!cancellation.IsCancellationRequested)
        {
            var batch = spool.ReadBatch(position, options.BatchEvents);
            if (batch.Next == position) break;
            var events = new ResolvedEvent[batch.Events.Count];
            for (var i = 0; i < events.Length; i++)
            {
                var agent = UserAgent.Parse(batch.Events[i].UserAgent);
                events[i] = new ResolvedEvent(batch.Events[i], agent.Browser, agent.Platform, agent.Device, SignsOf(batch.Events[i]));
            }

            KillSwitch.Reach(KillPoint.EventSpooled);
            var stored = await store.StoreAsync(options.Spool, mark, new SpoolMark(batch.Next.Segment, batch.Next.Offset), events).ConfigureAwait(false);
            foreach (var kind in batch.Events.CountBy(tracked => tracked.Kind)) ResponseMetrics.Tracked(kind.Key, kind.Value);
            LogStored(options.Spool, stored.Stored, stored.Repeated, stored.Dropped, stored.Expired);
            position = batch.Next;
            mark = new SpoolMark(position.Segment, position.Offset);

            // Only now: a segment deleted before its events are durable elsewhere would lose them with the power.
            spool.Confirm(position);
        }

        return position;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var position = await DrainAsync(stoppingToken).ConfigureAwait(false);
                await spool.WaitForMoreAsync(position, stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // the events are safe in the spool; the drain must outlive whatever ails the database
            catch (Exception cause)
#pragma warning restore CA1031
            {
                var mark = TryMark();
                LogFailed(cause, options.Spool, mark.Segment, mark.Offset);
                await Task.Delay(options.RetryAfter, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // The address is looked at here for the last time: the database has none.
    private EventSigns SignsOf(TrackedEvent tracked)
    {
        var signs = RequestSigns.Of(tracked);
        return _crowd.Notices(tracked) && !signs.HasFlag(EventSigns.ImageProxy) ? signs | EventSigns.ManyRecipients : signs;
    }

    private SpoolMark TryMark()
    {
        try
        {
            return store.MarkOf(options.Spool);
        }
#pragma warning disable CA1031 // the database may be what ails
        catch (Exception)
#pragma warning restore CA1031
        {
            return default;
        }
    }
}
