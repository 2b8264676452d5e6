using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Privacy;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Delivery.Content;
using ClosedLoop.Delivery.Products;
using ClosedLoop.Delivery.Rendering;
using ClosedLoop.Delivery.Sending.Lanes;
using ClosedLoop.Mail.Smtp;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Telemetry;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Delivery.Sending;

/// <summary>
/// Sends a slice of a mailing as mail. Per group of recipients: suppress, render and compose while they still wait; then
/// claim durably, hand over, record durably. A group is prepared while the one before it is on the wire.
/// </summary>
internal sealed partial class MailBatchSender(
    RecipientLedger ledger,
    OutcomeRecorder recorder,
    CompiledMailings contents,
    MessageComposition composition,
    Blocklist blocklist,
    ErasedPeople erased,
    DispatchRuns dispatch,
    RelayPools relays,
    DeliveryLanes lanes,
    InDoubtWindow window,
    RetrySchedule schedule,
    DeliveryOptions options,
    DeliveryStatistics statistics,
    TimeProvider time,
    ILogger<MailBatchSender> logger)
{
    /// <summary>Shortest pause of a slice in which lanes hold somebody up: half of what a lane saves up, in microseconds.</summary>
    private const long DelayedTurn = 500_000;

    /// <summary>Sends a slice of a mailing that is being sent, under a right that has settled what was left claimed.</summary>
    public async Task<BatchResult> SendAsync(MailingRow mailing, ClientDefinition client, BatchSlice slice, SliceHold hold, CancellationToken cancellation)
    {
        var content = contents.Get(mailing.ContentHash!);
        using var lease = dispatch.Join(mailing, client, content);
        var run = new BatchRun(mailing, client, content, hold, relays.Of(client), lanes.Of(client, mailing.ClientVersion), blocklist.Patterns(client.Id), erased.Of(client.Id));
        if (lease is not null)
        {
            if (await MayStartAsync(run, lease, cancellation).ConfigureAwait(false) is { } paused) return paused;
            run.Ahead = lease.Ahead(recipient => IsMailed(run, recipient));
        }

        using var trace = HouseTelemetry.Source.StartActivity(System.Diagnostics.ActivityKind.Producer, name: "batch", links: FileTraces.LinksTo(mailing.FileId));
        trace?.SetTag("closedloop.mailing.id", mailing.MailingId).SetTag("closedloop.batch.number", slice.Number);
        int handled;
        try
        {
            handled = await SendGroupsAsync(run, slice, cancellation).ConfigureAwait(false);
        }
        finally
        {
            await lanes.SaveAsync(run.Lane).ConfigureAwait(false);
        }

        return new BatchResult(handled, NextTurn(run, ledger.NextDue(slice.MailingId, slice.From, slice.To)));
    }

    /// <summary>
    /// When the slice has something to do again: not while the relay is held, and not more often than lanes fill, because every turn
    /// reads the slice.
    /// </summary>
    private long? NextTurn(BatchRun run, long? due)
    {
        if (due is not { } next) return null;
        var soonest = run.Delayed > 0 ? time.NowMicroseconds() + DelayedTurn : next;
        return Math.Max(next, Math.Max(soonest, run.Lane.Relay.HeldUntil));
    }

    /// <summary>Never returns, nor throws, before the group on the wire is recorded: the slice has one sender.</summary>
    private async Task<int> SendGroupsAsync(BatchRun run, BatchSlice slice, CancellationToken cancellation)
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
                if (cancellation.IsCancellationRequested || run.Hold.IsLost)
                {
                    prepared.ReturnBuffers();
                    return handled;
                }

                onTheWire = SendGroupAsync(run, prepared, cancellation);
            }

            return handled + await onTheWire.ConfigureAwait(false);
        }
        finally
        {
            await ((Task)onTheWire).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Recipients of the slice that are due, in order, in groups; none while the relay is held.</summary>
    private IEnumerable<IReadOnlyList<DueRecipient>> Groups(BatchRun run, BatchSlice slice)
    {
        var from = slice.From;
        while (from < slice.To)
        {
            var due = ledger.ReadDue(slice.MailingId, run.Client.Id, from, slice.To, time.NowMicroseconds(), options.ReadAhead, run.Client.Bounce);
            if (due.Count == 0) yield break;
            run.Ahead?.Add(due);
            if (run.Content.Products is { } products) ProductDemand.Warm(products, run.Content.Content.List, due);
            for (var i = 0; i < due.Count; i += window.GroupSize)
            {
                if (run.Lane.Relay.HeldUntil > time.NowMicroseconds()) yield break;
                yield return due.Skip(i).Take(window.GroupSize).ToList();
            }

            from = due[^1].Sequence + 1;
        }
    }

    /// <summary>One run over a slice: what stays the same for all its groups.</summary>
    private sealed record BatchRun(
        MailingRow Mailing, ClientDefinition Client, CompiledMailing Content, SliceHold Hold, SmtpConnectionPool Relay, RelayLane Lane, IReadOnlyList<AddressPattern> Blocked, ErasedSet Erased)
    {
        /// <summary>Microseconds; from then on a temporary refusal is the last.</summary>
        public long Deadline { get; } = (Mailing.DispatchedAt ?? long.MaxValue / 2) + (long)TimeSpan.FromHours(Client.Mail.RetryHours).TotalMicroseconds;

        /// <summary>Fetches for the recipients that come next; null for a mailing without content per recipient.</summary>
        public FetchAhead? Ahead { get; set; }

        /// <summary>Recipients that a lane sent back in this run.</summary>
        public int Delayed { get; set; }
    }
}
