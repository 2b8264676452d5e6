using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Delivery.Rendering;
using ClosedLoop.Mail.Smtp;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Mailings;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Delivery.Sending;

/// <summary>
/// Sends a slice of a mailing as mail. Per group of recipients: suppress, render and compose while they still wait; then
/// claim durably, hand over, record durably. A group is prepared while the one before it is on the wire.
/// </summary>
internal sealed partial class MailBatchSender(
    MailingStore mailings,
    DefinitionStore definitions,
    RecipientLedger ledger,
    CompiledMailings contents,
    MessageComposition composition,
    RelayPools relays,
    InDoubtWindow window,
    RetrySchedule schedule,
    DeliveryOptions options,
    DeliveryStatistics statistics,
    TimeProvider time,
    ILogger<MailBatchSender> logger) : IBatchSender
{
    public async Task<BatchResult> SendAsync(BatchSlice slice, CancellationToken cancellation)
    {
        var mailing = mailings.Find(slice.MailingId)
            ?? throw new KeyNotFoundException($"CL4003: mailing {slice.MailingId} does not exist.");
        var client = definitions.FindClient(mailing.ClientId, mailing.ClientVersion)!.Value;
        var inDoubt = await ledger.RecoverAsync(slice.MailingId, slice.From, slice.To, client.Mail.Unknown).ConfigureAwait(false);
        if (inDoubt > 0) LogInDoubt(slice.MailingId, slice.Number, inDoubt, client.Mail.Unknown);
        if (mailing.State != MailingState.Sending) return new BatchResult(0, NextDue: null);

        var content = contents.Get(mailing.ContentHash!);
        var run = new BatchRun(mailing, client, content, relays.Of(client));
        var handled = await SendGroupsAsync(run, slice, cancellation).ConfigureAwait(false);
        return new BatchResult(handled, ledger.NextDue(slice.MailingId, slice.From, slice.To));
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
                var prepared = Prepare(run, group);
                handled += await onTheWire.ConfigureAwait(false);
                if (cancellation.IsCancellationRequested) return handled;
                onTheWire = SendGroupAsync(run, prepared);
            }

            return handled + await onTheWire.ConfigureAwait(false);
        }
        finally
        {
            await ((Task)onTheWire).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Recipients of the slice that are due, in order, in groups.</summary>
    private IEnumerable<IReadOnlyList<DueRecipient>> Groups(BatchRun run, BatchSlice slice)
    {
        var from = slice.From;
        while (from < slice.To)
        {
            var due = ledger.ReadDue(slice.MailingId, run.Client.Id, from, slice.To, time.NowMicroseconds(), options.ReadAhead, run.Client.Bounce);
            if (due.Count == 0) yield break;
            for (var i = 0; i < due.Count; i += window.GroupSize)
            {
                yield return due.Skip(i).Take(window.GroupSize).ToList();
            }

            from = due[^1].Sequence + 1;
        }
    }

    /// <summary>One run over a slice: what stays the same for all its groups.</summary>
    private sealed record BatchRun(MailingRow Mailing, ClientDefinition Client, CompiledMailing Content, SmtpConnectionPool Relay);
}
