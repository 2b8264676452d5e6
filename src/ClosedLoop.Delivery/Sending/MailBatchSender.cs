using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Privacy;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Delivery.Content;
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
    ConnectionTracer tracer,
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
            handled = await LoopOf(run, slice, cancellation).RunAsync(slice.From, slice.To).ConfigureAwait(false);
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
