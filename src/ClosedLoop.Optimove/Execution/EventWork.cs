using System.Globalization;
using ClosedLoop.Data;
using ClosedLoop.Data.Optimove;
using ClosedLoop.Grains.Mailings;
using ClosedLoop.Model;
using ClosedLoop.Optimove.Inbound;

namespace ClosedLoop.Optimove.Execution;

/// <summary>Works on stored calls: triggers are sent, campaigns written down, cancellations carried out.</summary>
internal sealed class EventWork(
    OptimoveEventStore events, CampaignStore campaigns, TriggerWork triggers, LedgerWriter writer, IGrainFactory grains, TimeProvider time)
{
    private const int AtOnce = 200;

    /// <summary>Called when calls that were left open can be worked on.</summary>
    public void WhenReady(Action wake) => triggers.WhenReady(wake);

    /// <returns>Whether campaigns have something to do.</returns>
    public async Task<bool> RunAsync(ConnectorSession session, CancellationToken cancellation)
    {
        var isCampaign = false;
        while (events.Open(session.ClientId, AtOnce) is { Count: > 0 } open)
        {
            // A cancellation in the same lot as what it cancels goes first.
            foreach (var call in open.Where(call => call.Type == EventType.Cancelled)) await CancelAsync(session, call);
            foreach (var call in open.Where(call => call.Type is EventType.Executed or EventType.ExecutedWithFiles))
            {
                await ExecuteAsync(session, call);
                isCampaign = true;
            }

            var triggered = open.Where(call => call.Type == EventType.Triggered).ToList();
            var left = triggered.Count > 0 ? await triggers.RunAsync(session, triggered, cancellation) : 0;
            cancellation.ThrowIfCancellationRequested();

            // Only such as wait for something: looking again before it is there finds the same ones.
            if (left == open.Count) break;
        }

        return isCampaign;
    }

    private Task ExecuteAsync(ConnectorSession session, StoredOptimoveEvent call)
    {
        var now = time.NowMicroseconds();
        var label = EventParser.Parse(call.Raw).Campaign ?? call.Campaign;
        return writer.WriteAsync(context =>
        {
            if (OptimoveEventStore.Done(context, call.EventId)) CampaignStore.Executed(context, session.ClientId, call.Campaign, call.ChannelId, label, now);
        });
    }

    /// <summary>Written down first, so that nothing of the campaign is published or planned any more; then what is under way is stopped; the call is done with when all of that is.</summary>
    private async Task CancelAsync(ConnectorSession session, StoredOptimoveEvent call)
    {
        var now = time.NowMicroseconds();
        var label = EventParser.Parse(call.Raw).Campaign ?? call.Campaign;
        await writer.WriteAsync(context => CampaignStore.Cancelled(context, session.ClientId, call.Campaign, call.ChannelId, label, now));
        foreach (var mailing in campaigns.Mailings(session.ClientId, call.Campaign, call.ChannelId))
            await grains.GetGrain<IMailingGrain>(mailing.ToString(CultureInfo.InvariantCulture)).CancelAsync("cancelled by Optimove");
        await writer.WriteAsync(context => OptimoveEventStore.Done(context, call.EventId));
    }
}
