using ClosedLoop.Data.Ledger;
using ClosedLoop.Mail.Smtp;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Responses;

namespace ClosedLoop.Delivery.Sending;

internal sealed partial class MailBatchSender
{
    /// <summary>Claim, hand over, record; returns how many recipients reached an outcome.</summary>
    private async Task<int> SendGroupAsync(BatchRun run, PreparedGroup group)
    {
        if (group.Settled.Count > 0) await ledger.RecordAsync(group.Settled).ConfigureAwait(false);
        if (group.Recipients.Count == 0) return group.Settled.Count;

        await window.EnterAsync().ConfigureAwait(false);
        SmtpConnection? connection = null;
        try
        {
            // The connection comes before the claim: a relay that cannot be reached must not leave anybody in doubt.
            connection = await run.Relay.RentAsync(CancellationToken.None).ConfigureAwait(false);
            var started = DeliveryStatistics.Now;
            group.Keep(await ledger.ClaimAsync(run.Mailing.MailingId, group.Recipients.ConvertAll(recipient => recipient.Sequence)).ConfigureAwait(false));
            statistics.AddClaim(DeliveryStatistics.Now - started);
            if (group.Recipients.Count == 0) return group.Settled.Count;

            var outcomes = await HandOverAsync(run, group, connection).ConfigureAwait(false);

            started = DeliveryStatistics.Now;
            await ledger.RecordAsync(outcomes).ConfigureAwait(false);
            statistics.AddRecord(DeliveryStatistics.Now - started);
            return group.Settled.Count + outcomes.Count(outcome => outcome.State != RecipientState.Waiting);
        }
        finally
        {
            group.ReturnBuffers();
            if (connection is not null) await run.Relay.ReturnAsync(connection).ConfigureAwait(false);
            window.Leave();
        }
    }

    /// <summary>
    /// Sends the claimed messages. From here on nothing is cancelled: what is claimed gets an outcome, and the time-outs of
    /// the dialogue bound how long that takes.
    /// </summary>
    private async Task<List<SendOutcome>> HandOverAsync(BatchRun run, PreparedGroup group, SmtpConnection connection)
    {
        var started = DeliveryStatistics.Now;
        var outcomes = new List<SendOutcome>(group.Recipients.Count);
        await connection.SendBatchAsync(group.Envelopes, (i, result) => outcomes.Add(Judge(run, group.Recipients[i], result)), CancellationToken.None).ConfigureAwait(false);
        statistics.AddSend(DeliveryStatistics.Now - started, outcomes.Count);
        return outcomes;
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
                    Reason = $"refused at {result.Stage}: {result.Code} {enhanced} {result.Text}",
                    Response = ResponseCategories.OfRefusal(result.Code, enhanced),
                };
            case SmtpAction.DropConnection when result.Stage == SmtpStage.None:
                return outcome with { State = RecipientState.Waiting, Untried = true, Reason = "the connection ended before this message's turn" };
            default:
                return Defer(run, recipient, outcome, result, $"deferred at {result.Stage}: {result.Code} {enhanced} {result.Text}");
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
        var deadline = (run.Mailing.StartedAt ?? outcome.DoneAt) + (long)TimeSpan.FromHours(run.Client.Mail.RetryHours).TotalMicroseconds;
        return due <= deadline
            ? outcome with { State = RecipientState.Waiting, DueAt = due, Reason = reason }
            : outcome with { State = RecipientState.Failed, Reason = $"retry time over; {reason}", Response = ResponseCategory.TemporaryBounce };
    }
}
