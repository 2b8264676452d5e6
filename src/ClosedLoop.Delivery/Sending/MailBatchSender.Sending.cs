using System.Diagnostics;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Delivery.Sending.Lanes;
using ClosedLoop.Delivery.Telemetry;
using ClosedLoop.Mail.Smtp;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Responses;
using ClosedLoop.Model.Testing;

namespace ClosedLoop.Delivery.Sending;

internal sealed partial class MailBatchSender
{
    /// <summary>Claim, hand over, record; returns how many recipients reached an outcome.</summary>
    private async Task<int> SendGroupAsync(BatchRun run, PreparedGroup group, CancellationToken cancellation)
    {
        var entered = LanesOf(run, group);
        var settled = group.Settled.Count(outcome => outcome.State != RecipientState.Waiting);
        var started = DeliveryStatistics.Now;
        try
        {
            if (group.Settled.Count > 0)
            {
                await ledger.RecordAsync(group.Settled, run.Hold).ConfigureAwait(false);
                foreach (var outcome in group.Settled) DeliveryMetrics.Settled(outcome, MessageChannel.Mail);
            }

            if (group.Recipients.Count == 0) return settled;
            await PaceAsync(run, group, cancellation).ConfigureAwait(false);
            if (cancellation.IsCancellationRequested) return settled;
            await window.EnterAsync().ConfigureAwait(false);
            try
            {
                started = DeliveryStatistics.Now;
                return settled + await SendOnOneConnectionAsync(run, group, cancellation).ConfigureAwait(false);
            }
            finally
            {
                window.Leave();
            }
        }
        finally
        {
            group.ReturnBuffers();
            foreach (var lane in entered) lane.Leave(group.Recipients.Count, Stopwatch.GetElapsedTime(started));
        }
    }

    private async Task<int> SendOnOneConnectionAsync(BatchRun run, PreparedGroup group, CancellationToken cancellation)
    {
        var era = run.Lane.Era;
        SmtpConnection connection;
        try
        {
            // The connection comes before the claim: a relay that cannot be reached must not leave anybody in doubt.
            connection = await run.Relay.RentAsync(tracer.Take(run.Client.Id), CancellationToken.None).ConfigureAwait(false);
        }
        catch (SmtpConnectException e)
        {
            if (run.Lane.Unreachable(e, era, Random.Shared.NextDouble())) LogHeld(run.Lane.Relay.Name, Instants.FromMicroseconds(run.Lane.Relay.HeldUntil), e.Message);
            return 0;
        }

        try
        {
            era = run.Lane.Era;
            var started = DeliveryStatistics.Now;
            group.Keep(await ledger.ClaimAsync(run.Mailing.MailingId, group.Recipients.ConvertAll(recipient => recipient.Sequence), group.Stored, run.Hold).ConfigureAwait(false));
            statistics.AddClaim(DeliveryStatistics.Now - started);
            if (group.Recipients.Count == 0) return 0;
            KillSwitch.Reach(KillPoint.RecipientClaimed);

            var outcomes = await HandOverAsync(run, group, connection, era).ConfigureAwait(false);

            await recorder.RecordAsync(run.Hold, outcomes, cancellation).ConfigureAwait(false);
            foreach (var outcome in outcomes) DeliveryMetrics.Settled(outcome, MessageChannel.Mail);
            return outcomes.Count(outcome => outcome.State != RecipientState.Waiting);
        }
        finally
        {
            await run.Relay.ReturnAsync(connection).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for the relay's rate. Nobody is claimed yet, so a stop may end it.</summary>
    private async Task PaceAsync(BatchRun run, PreparedGroup group, CancellationToken cancellation)
    {
        await run.Lane.Relay.AwaitPartAsync(cancellation).ConfigureAwait(false);
        if (cancellation.IsCancellationRequested) return;
        var wait = run.Lane.Relay.Pace(group.Recipients.Count) - time.NowMicroseconds();
        if (wait > 0) await Task.Delay(TimeSpan.FromMicroseconds(wait), time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Enters the lanes of the group's domains; who finds no place is sent back and asks again later.</summary>
    private List<Lane> LanesOf(BatchRun run, PreparedGroup group)
    {
        List<Lane> entered = [];
        if (!run.Lane.LimitsConnections) return entered;
        var places = new bool[group.Recipients.Count];
        for (var i = 0; i < places.Length; i++)
        {
            var lane = run.Lane.Find(group.Recipients[i].Address);
            places[i] = lane is null || entered.Contains(lane) || lane.TryEnter();
            if (!places[i]) group.Settled.Add(Delay(run, group.Recipients[i], lane!.Queue()));
            else if (lane is not null && !entered.Contains(lane)) entered.Add(lane);
        }

        group.Keep(places);
        return entered;
    }

    /// <summary>
    /// Sends the claimed messages. From here on nothing is cancelled: what is claimed gets an outcome, and the time-outs of
    /// the dialogue bound how long that takes.
    /// </summary>
    private async Task<List<SendOutcome>> HandOverAsync(BatchRun run, PreparedGroup group, SmtpConnection connection, long era)
    {
        var started = DeliveryStatistics.Now;
        var outcomes = new List<SendOutcome>(group.Recipients.Count);
        await connection.SendBatchAsync(group.Envelopes, Report, CancellationToken.None).ConfigureAwait(false);
        statistics.AddSend(DeliveryStatistics.Now - started, outcomes.Count);
        return outcomes;

        void Report(int i, SmtpResult result)
        {
            KillSwitch.Reach(KillPoint.ReplyRead);
            outcomes.Add(Judge(run, group.Recipients[i], result));
            DeliveryMetrics.Replied(Stopwatch.GetElapsedTime(started), group.Recipients[i].Address);
            if (run.Lane.Learn(group.Recipients[i].Address, result, era, Random.Shared.NextDouble()) is not { } held) return;
            DeliveryMetrics.Held();
            LogHeld(held.Name, Instants.FromMicroseconds(held.HeldUntil), held.HeldFor);
        }
    }

    private SendOutcome Judge(BatchRun run, DueRecipient recipient, SmtpResult result)
    {
        var enhanced = result.EnhancedCode.ToString();
        var outcome = Outcome(run, recipient, RecipientState.Sent, reason: null) with { ReplyCode = result.Code };
        switch (result.Action)
        {
            case SmtpAction.Accepted:
                return outcome;
            case SmtpAction.Unknown when run.Client.Mail.Unknown == UnknownPolicy.Resend:
                return Defer(run, recipient, outcome, result, "L606 no reply after the final dot, sent again");
            case SmtpAction.Unknown:
                return outcome with { State = RecipientState.Unknown, Reason = $"L606 in doubt: no reply after the final dot: {result.Text}" };
            case SmtpAction.GiveUp:
                return outcome with
                {
                    State = RecipientState.Failed,
                    Reason = $"refused at {result.Stage}: {result.Code} {result.Text}",
                    Response = ResponseCategories.OfRefusal(result.Code, enhanced),
                };
            case SmtpAction.DropConnection when result.Stage == SmtpStage.None:
                return outcome with { State = RecipientState.Waiting, Untried = true, Reason = "the connection ended before this message's turn" };
            default:
                return Defer(run, recipient, outcome, result, $"deferred at {result.Stage}: {result.Code} {result.Text}");
        }
    }

    /// <summary>Back to waiting, or given up when the mailing's retry time is over.</summary>
    private SendOutcome Defer(BatchRun run, DueRecipient recipient, SendOutcome outcome, SmtpResult result, string reason)
    {
        var attempts = recipient.Attempt + 1;

        // A lost connection most likely says nothing about this recipient, so it is tried again soon; but one whose message keeps
        // losing connections must not do so for ever.
        var pause = result.Action == SmtpAction.DropConnection && attempts <= 3
            ? TimeSpan.FromSeconds(1)
            : schedule.After(attempts, Random.Shared.NextDouble());
        var due = outcome.DoneAt + (long)pause.TotalMicroseconds;
        return due <= run.Deadline
            ? outcome with { State = RecipientState.Waiting, DueAt = due, Reason = reason }
            : outcome with { State = RecipientState.Failed, Reason = $"retry time over; {reason}", Response = ResponseCategory.TemporaryBounce };
    }
}
