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
            handled = await SendGroupsAsync(run, slice, cancellation).ConfigureAwait(false);
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

    /// <summary>Never returns, nor throws, before the group on the wire is recorded: the slice has one sender.</summary>
    private async Task<int> SendGroupsAsync(ChannelRun run, BatchSlice slice, CancellationToken cancellation)
    {
        var handled = 0;
        var onTheWire = Task.FromResult(0);
        try
        {
            foreach (var group in Groups(run, slice))
            {
                var fetched = await ContentsAsync(run, group, cancellation).ConfigureAwait(false);
                if (run.Ahead is not null && fetched is null) break;
                var prepared = Prepare(run, group, fetched);
                handled += await onTheWire.ConfigureAwait(false);
                if (cancellation.IsCancellationRequested || run.Hold.IsLost) return handled;
                onTheWire = SendGroupAsync(run, prepared, cancellation);
            }

            return handled + await onTheWire.ConfigureAwait(false);
        }
        finally
        {
            await ((Task)onTheWire).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Recipients of the slice that are due, in order, in groups; none while every way is held.</summary>
    private IEnumerable<IReadOnlyList<DueRecipient>> Groups(ChannelRun run, BatchSlice slice)
    {
        var from = slice.From;
        while (from < slice.To)
        {
            var due = ledger.ReadDue(slice.MailingId, run.Client.Id, from, slice.To, time.NowMicroseconds(), options.ReadAhead, run.Client.Bounce);
            if (due.Count == 0) yield break;
            run.Ahead?.Add(due);
            if (run.Content.Products is { } products) ProductDemand.Warm(products, run.Content.Content.List, due);
            foreach (var group in due.Chunk(window.GroupSize))
            {
                if (run.HeldUntil > time.NowMicroseconds()) yield break;
                yield return group;
            }

            from = due[^1].Sequence + 1;
        }
    }
}
