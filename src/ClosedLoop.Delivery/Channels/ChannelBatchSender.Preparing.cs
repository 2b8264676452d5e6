using System.Globalization;
using System.Text;
using ClosedLoop.Data.Channels;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Delivery.Channels.Sms;
using ClosedLoop.Delivery.Content;
using ClosedLoop.Delivery.Rendering;
using ClosedLoop.Delivery.Sending.Lanes;
using ClosedLoop.Liquid;
using ClosedLoop.Mail;
using ClosedLoop.Model;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Delivery.Channels;

internal sealed partial class ChannelBatchSender
{
    private ChannelGroup Prepare(ChannelRun run, IReadOnlyList<DueRecipient> recipients, IReadOnlyDictionary<int, RecipientContent>? contents)
    {
        var group = new ChannelGroup();
        var scratch = RenderScratchPool.Rent();
        foreach (var recipient in recipients)
        {
            if ((recipient.SuppressedBy ?? BlockedBy(run, recipient)) is { } why)
            {
                group.Settled.Add(Outcome(run, recipient, RecipientState.Suppressed, why) with { Unclaimed = true });
            }
            else if (contents?.GetValueOrDefault(recipient.Sequence)?.Fault is { } missing)
            {
                group.Settled.Add(Outcome(run, recipient, RecipientState.Failed, $"L604 {missing.Message}") with { Unclaimed = true });
            }
            else if (run.WayOf(recipient.Address) is not { } way)
            {
                group.Settled.Add(Outcome(run, recipient, RecipientState.Failed, "L604 CL4206 the client has no provider for this device") with { Unclaimed = true });
            }
            else if (way.Lane.Relay.AwaitHold() is { Admitted: false } admission)
            {
                group.Settled.Add(Delay(run, recipient, admission));
            }
            else if (Message(run, recipient, way, scratch, contents?.GetValueOrDefault(recipient.Sequence), out var fault) is { } message)
            {
                group.Messages.Add(new PreparedMessage(recipient, message, way));
            }
            else
            {
                // One recipient's data broke the message: that is an outcome of this recipient, never a skip and never the batch's end.
                group.Settled.Add(Outcome(run, recipient, RecipientState.Failed, $"L604 {fault}") with { Unclaimed = true });
            }
        }

        RenderScratchPool.Return(scratch);
        return group;
    }

    private ChannelMessage? Message(ChannelRun run, DueRecipient recipient, ChannelWay way, RenderScratch scratch, RecipientContent? own, out string? fault)
    {
        ChannelMessage message;
        var started = ThreadClock.Nanoseconds;
        try
        {
            composition.Render(run.Content, run.Mailing.MailingId, recipient.Sequence, run.Mailing.RecipientId(recipient.Sequence), recipient.Fields, scratch, own);
        }
        catch (Exception e) when (e is LiquidException or MailFormatException or InvalidDataException)
        {
            fault = e.Message;
            return null;
        }
        finally
        {
            statistics.AddRender(ThreadClock.Nanoseconds - started);
        }

        message = new ChannelMessage
        {
            MailingId = run.Mailing.MailingId,
            Sequence = recipient.Sequence,
            Address = recipient.Address,
            Id = string.Create(CultureInfo.InvariantCulture, $"{run.Mailing.MailingId}.{recipient.Sequence}"),
            From = run.Mailing.Channel == MessageChannel.Sms ? scratch.SmsFrom ?? run.Client.Channels!.Sms!.From : null,

            // Editors end a file with a line break; nobody means to pay for it.
            Text = run.Mailing.Channel == MessageChannel.Sms ? Encoding.UTF8.GetString(scratch.Text.WrittenSpan).TrimEnd() : "",
            Push = run.Mailing.Channel == MessageChannel.Push ? scratch.Push : null,
        };
        if (run.Mailing.Channel == MessageChannel.Sms)
        {
            // The attempt that the claim is about to count.
            var reference = MessageReferences.Of(run.Mailing.MailingId, recipient.Sequence, run.Mailing.Resends, recipient.Attempt + 1);
            message = message with { Reference = reference, ReceiptUrl = ReceiptUrl(run, way, reference) };
        }

        try
        {
            fault = FaultOf(run, message) ?? way.Transport.Fault(message);
        }
        catch (Exception e) when (e is InvalidOperationException or System.Text.Json.JsonException)
        {
            fault = $"CL4203 the message cannot be made: {e.Message}";
        }

        return fault is null ? message : null;
    }

    private static string? FaultOf(ChannelRun run, ChannelMessage message)
    {
        if (run.Mailing.Channel != MessageChannel.Sms) return message.Push is null ? "CL4203 the mailing has no notification" : null;
        if (message.Text.Length == 0) return "CL4203 the text is empty";
        var most = run.Content.Content.Source.Sms?.MaxSegments ?? run.Client.Channels!.Sms!.MaxSegments;
        var segments = SmsCoding.CountSegments(message.Text);
        return segments <= most ? null : string.Create(CultureInfo.InvariantCulture, $"CL4203 the text takes {segments} segments; at most {most} (channels.sms.maxSegments) are sent");
    }

    /// <summary>The reference is a part of the path: the provider signs it with the rest, and templates of gateways may put a query behind it.</summary>
    private Uri ReceiptUrl(ChannelRun run, ChannelWay way, string reference) =>
        new($"{options.TrackingBase.AbsoluteUri.TrimEnd('/')}/channels/sms/{run.Client.Key}/{(way.Transport.Provider == "sms-twilio" ? "twilio" : "receipt")}/{reference}");

    private static string? BlockedBy(ChannelRun run, DueRecipient recipient)
    {
        foreach (var pattern in run.Blocked)
        {
            if (pattern.Matches(recipient.Address)) return $"W207 on the blocklist as {pattern.Text}";
        }

        return run.Erased.Contains(recipient.Address) ? "W210 erased" : null;
    }

    /// <summary>Not now, and until when and why: written down, so that it can be looked up and survives a restart.</summary>
    private SendOutcome Delay(ChannelRun run, DueRecipient recipient, Admission admission)
    {
        run.Delayed++;
        return Outcome(run, recipient, RecipientState.Waiting, admission.Reason) with { Unclaimed = true, DueAt = admission.DueAt };
    }

    private SendOutcome Outcome(ChannelRun run, DueRecipient recipient, RecipientState state, string? reason) => new()
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

    private static string KeyOf(ChannelRun run, ChannelWay way) => ReceiptStore.KeyOf(run.Client.Key, way.Transport.Provider);
}
