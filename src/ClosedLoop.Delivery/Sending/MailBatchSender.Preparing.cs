using System.Globalization;
using System.Text;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Delivery.Content;
using ClosedLoop.Delivery.Rendering;
using ClosedLoop.Delivery.Sending.Lanes;
using ClosedLoop.Liquid;
using ClosedLoop.Mail;
using ClosedLoop.Mail.Smtp;
using ClosedLoop.Model;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Delivery.Sending;

internal sealed partial class MailBatchSender
{
    private PreparedGroup Prepare(BatchRun run, IReadOnlyList<DueRecipient> recipients, IReadOnlyDictionary<int, RecipientContent>? contents)
    {
        var group = new PreparedGroup(recipients.Count) { Contents = contents };
        var scratch = RenderScratchPool.Rent();
        foreach (var recipient in recipients)
        {
            if ((recipient.SuppressedBy ?? BlockedBy(run, recipient)) is { } why)
            {
                group.Settled.Add(Outcome(run, recipient, RecipientState.Suppressed, why) with { Unclaimed = true });
                continue;
            }

            var own = contents?.GetValueOrDefault(recipient.Sequence);
            if (own?.Fault is { } fault)
            {
                group.Settled.Add(Outcome(run, recipient, RecipientState.Failed, $"L604 {fault.Message}") with { Unclaimed = true });
                continue;
            }

            var admission = run.Lane.Find(recipient.Address)?.Admit(waited: recipient.DueAt > 0, run.Deadline) ?? default;
            if (!admission.Admitted)
            {
                group.Settled.Add(Delay(run, recipient, admission));
                continue;
            }

            var buffer = MessageBuffer.Rent();
            try
            {
                composition.Compose(run.Content, run.Mailing, recipient.Sequence, recipient.Address, recipient.Fields,
                    time.GetUtcNow(), scratch, buffer, own);
            }
            catch (Exception e) when (e is LiquidException or MailFormatException or InvalidDataException)
            {
                // One recipient's data broke the message: that is an outcome of this recipient, never a skip and never the batch's end.
                MessageBuffer.Return(buffer);
                group.Settled.Add(Outcome(run, recipient, RecipientState.Failed, $"L604 {e.Message}") with { Unclaimed = true });
                continue;
            }

            group.Add(recipient, buffer, new SmtpEnvelope(
                composition.ReturnPath(run.Content, run.Mailing.MailingId, recipient.Sequence), recipient.Address, buffer.Message,
                DsnOf(run, recipient)));
        }

        RenderScratchPool.Return(scratch);
        return group;
    }

    private static string? BlockedBy(BatchRun run, DueRecipient recipient)
    {
        foreach (var pattern in run.Blocked)
        {
            if (pattern.Matches(recipient.Address)) return $"W207 on the blocklist as {pattern.Text}";
        }

        return run.Erased.Contains(recipient.Address) ? "W210 erased" : null;
    }

    /// <summary>What the relay is asked to report. The envelope id is the left part of the Message-ID, so that a report names the message twice.</summary>
    private static SmtpDsn? DsnOf(BatchRun run, DueRecipient recipient) => run.Client.Relay.Dsn switch
    {
        "failure" => new SmtpDsn
        {
            Notify = SmtpDsnNotify.Failure,
            Return = SmtpDsnReturn.Headers,
            EnvelopeId = string.Create(CultureInfo.InvariantCulture, $"{run.Mailing.MailingId}.{recipient.Sequence}"),

            // The type rfc822 holds ASCII only (RFC 6533 section 3).
            OriginalRecipient = Ascii.IsValid(recipient.Address) ? recipient.Address : null,
        },
        "never" => new SmtpDsn { Notify = SmtpDsnNotify.Never },
        _ => null,
    };

    /// <summary>
    /// Not now, and until when and why: written down, so that it can be looked up and survives a restart.
    /// </summary>
    private SendOutcome Delay(BatchRun run, DueRecipient recipient, Admission admission)
    {
        run.Delayed++;
        var outcome = Outcome(run, recipient, RecipientState.Waiting, admission.Reason);
        return outcome with { Unclaimed = true, DueAt = admission.DueAt };
    }

    private SendOutcome Outcome(BatchRun run, DueRecipient recipient, RecipientState state, string? reason) => new()
    {
        MailingId = run.Mailing.MailingId,
        ClientId = run.Client.Id,
        Sequence = recipient.Sequence,
        Address = recipient.Address,
        HasSoftBounces = recipient.HasSoftBounces,
        State = state,
        DoneAt = time.NowMicroseconds(),
        Reason = reason,
    };
}
