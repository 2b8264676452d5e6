using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Privacy;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Delivery.Content;
using ClosedLoop.Delivery.Products;
using ClosedLoop.Delivery.Rendering;
using ClosedLoop.Delivery.Sending;
using ClosedLoop.Delivery.Sending.Lanes;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Delivery;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Delivery.Channels;

/// <summary>
/// Sends a slice of a mailing as SMS or push. The same steps as mail, in the same order: suppress and render while they still wait; then claim durably, hand over,
/// record durably. The messages of a group are on the wire at the same time.
/// </summary>
internal sealed partial class ChannelBatchSender(
    RecipientLedger ledger,
    OutcomeRecorder recorder,
    CompiledMailings contents,
    MessageComposition composition,
    Blocklist blocklist,
    ErasedPeople erased,
    DispatchRuns dispatch,
    ChannelTransports transports,
    DeliveryLanes lanes,
    InDoubtWindow window,
    RetrySchedule schedule,
    DeliveryOptions options,
    DeliveryStatistics statistics,
    TimeProvider time,
    ILogger<ChannelBatchSender> logger)
{
    /// <summary>Shortest pause of a slice in which lanes hold somebody up, in microseconds.</summary>
    private const long DelayedTurn = 500_000;

    /// <summary>Sends a slice of a mailing that is being sent, under a right that has settled what was left claimed.</summary>
    public async Task<BatchResult> SendAsync(
        MailingRow mailing, ClientDefinition client, ChannelPolicy policy, BatchSlice slice, SliceHold hold, CancellationToken cancellation)
    {
        await using var lease = transports.Rent(client, mailing.ClientVersion, mailing.Channel);
        var ways = lease.Transports
            .Select(transport => new ChannelWay(transport, ChannelTransports.PlatformOf(transport.Provider), lanes.Of(client, transport.Provider, policy, mailing.ClientVersion))).ToList();
        var run = new ChannelRun(mailing, client, policy, hold, contents.Get(mailing.ContentHash!), ways, blocklist.Patterns(client.Id), erased.Of(client.Id));
        using var fetching = dispatch.Join(mailing, client, run.Content);
        if (fetching is not null)
        {
            if (await MayStartAsync(run, fetching, cancellation).ConfigureAwait(false) is { } paused) return paused;
            run.Ahead = fetching.Ahead(recipient => IsReached(run, recipient));
        }

        int handled;
        try
        {
            handled = await LoopOf(run, slice, cancellation).RunAsync(slice.From, slice.To).ConfigureAwait(false);
        }
        finally
        {
            foreach (var way in ways) await lanes.SaveAsync(way.Lane).ConfigureAwait(false);
        }

        return new BatchResult(handled, NextTurn(run, ledger.NextDue(slice.MailingId, slice.From, slice.To)));
    }

    /// <summary>When the slice has something to do again: not while every way is held, and not more often than lanes fill, because every turn reads the slice.</summary>
    private long? NextTurn(ChannelRun run, long? due)
    {
        if (due is not { } next) return null;
        var soonest = run.Delayed > 0 ? time.NowMicroseconds() + DelayedTurn : next;
        return Math.Max(next, Math.Max(soonest, run.HeldUntil));
    }

    private GroupLoop<ChannelGroup> LoopOf(ChannelRun run, BatchSlice slice, CancellationToken cancellation) => new()
    {
        GroupSize = window.GroupSize,
        Read = from => Read(run, slice, from),
        IsHeld = () => run.HeldUntil > time.NowMicroseconds(),
        IsStopped = () => cancellation.IsCancellationRequested || run.Hold.IsLost,
        Prepare = group => PrepareAsync(run, group, cancellation),
        Send = prepared => SendGroupAsync(run, prepared, cancellation),
    };

    private IReadOnlyList<DueRecipient> Read(ChannelRun run, BatchSlice slice, int from)
    {
        var due = ledger.ReadDue(slice.MailingId, run.Client.Id, from, slice.To, time.NowMicroseconds(), options.ReadAhead, run.Client.Bounce);
        if (due.Count == 0) return due;
        run.Ahead?.Add(due);
        if (run.Content.Products is { } products) ProductDemand.Warm(products, run.Content.Content.List, due);
        return due;
    }

    private async ValueTask<ChannelGroup?> PrepareAsync(ChannelRun run, IReadOnlyList<DueRecipient> group, CancellationToken cancellation)
    {
        var fetched = await ContentsAsync(run, group, cancellation).ConfigureAwait(false);
        return run.Ahead is not null && fetched is null ? null : Prepare(run, group, fetched);
    }
}
