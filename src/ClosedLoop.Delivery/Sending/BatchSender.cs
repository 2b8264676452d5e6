using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Delivery.Channels;
using ClosedLoop.Model;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Draining;
using ClosedLoop.Model.Mailings;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Delivery.Sending;

/// <summary>The door of the sending station: settles what an earlier run left claimed, then hands the slice to the sender of its channel.</summary>
internal sealed partial class BatchSender(
    MailingStore mailings, DefinitionStore definitions, RecipientLedger ledger, MailBatchSender mail, ChannelBatchSender channels, DrainSwitch drain, TimeProvider time, ILogger<BatchSender> logger) : IBatchSender
{
    /// <summary>Pause of a slice while sending is held or the process is drained, in microseconds: how soon it goes on after an operator has let it.</summary>
    private const long HeldTurn = 5_000_000;

    public async Task<BatchResult> SendAsync(BatchSlice slice, CancellationToken cancellation)
    {
        // Counted before it is asked: whoever drains sees either the work or that there is none to come.
        using var work = drain.Begin("batches");
        if (drain.IsOn) return new BatchResult(0, time.NowMicroseconds() + HeldTurn);

        // Before anything is settled: of a database that may be too old, nothing is changed that an operator has to judge.
        if (ledger.IsHeld()) return new BatchResult(0, time.NowMicroseconds() + HeldTurn);
        var mailing = mailings.Find(slice.MailingId)
            ?? throw new KeyNotFoundException($"CL4003: mailing {slice.MailingId} does not exist.");
        var client = definitions.FindClient(mailing.ClientId, mailing.ClientVersion)!.Value;
        var policy = client.Channels?.Of(mailing.Channel);
        if (mailing.Channel != MessageChannel.Mail && policy is null)
            throw new InvalidOperationException($"CL4201: mailing {slice.MailingId} is of channel {mailing.Channel}, which version {mailing.ClientVersion} of client {client.Key} does not have; expected channels.{mailing.Channel.ToString().ToLowerInvariant()} in client.json.");
        var unknown = policy?.Unknown ?? client.Mail.Unknown;
        var hold = await ledger.TakeAsync(slice.MailingId, slice.From, slice.To, unknown).ConfigureAwait(false);
        if (hold.InDoubt > 0) LogInDoubt(slice.MailingId, slice.Number, hold.InDoubt, unknown);
        if (mailing.State != MailingState.Sending) return new BatchResult(0, NextDue: null);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, drain.Stopping);
        var result = policy is null
            ? await mail.SendAsync(mailing, client, slice, hold, stop.Token).ConfigureAwait(false)
            : await channels.SendAsync(mailing, client, policy, slice, hold, stop.Token).ConfigureAwait(false);
        if (!hold.IsLost) return result;

        // Whoever has the slice now tells when it goes on.
        LogOvertaken(slice.MailingId, slice.Number);
        return result with { NextDue = null };
    }
}
