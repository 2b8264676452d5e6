using System.Buffers;
using System.Globalization;
using System.Text;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Delivery.Content;
using ClosedLoop.Liquid;
using ClosedLoop.Mail.Mime;
using ClosedLoop.Model;
using ClosedLoop.Model.Tokens;

namespace ClosedLoop.Delivery.Rendering;

/// <summary>Makes one recipient's message: system fields, templates, headers, MIME.</summary>
internal sealed class MessageComposition(TrackingTokenCodec tokens, AddressTokenCodec addresses, DkimSigners signers, DeliveryOptions options, DeliveryStatistics statistics)
{
    private readonly byte[] _unsubscribePrefix = Encoding.ASCII.GetBytes($"{options.TrackingBase.AbsoluteUri.TrimEnd('/')}/u/");

    /// <summary>Envelope sender of one recipient: what comes back names the message by itself.</summary>
    public string ReturnPath(CompiledMailing content, long mailingId, int sequence) =>
        $"{addresses.ToString(TrackingTokenKind.Return, mailingId, sequence)}@{content.ReturnPathDomain}";

    /// <summary>Renders into the scratch buffers.</summary>
    /// <returns>What was rendered from.</returns>
    public LiquidRow Render(CompiledMailing content, long mailingId, int sequence, long recipientId, ReadOnlyMemory<byte> fields, RenderScratch scratch, RecipientContent? own = null)
    {
        scratch.Reset();
        var row = scratch.Row(content.Columns);
        row.Load(fields);
        scratch.UnsubscribeUrl = UnsubscribeUrl(mailingId, sequence);

        // The same message of a mailing always has the same id, so that a receiver can tell a repeat (RFC 5322 section 3.6.4).
        scratch.MessageId = string.Create(CultureInfo.InvariantCulture, $"{mailingId}.{sequence}@{content.ReturnPathDomain}");
        row.SetSystem(0, scratch.UnsubscribeUrl);
        row.SetSystem(1, Encoding.UTF8.GetBytes(scratch.MessageId));
        row.SetSystem(2, Number(mailingId));
        row.SetSystem(3, Number(recipientId));
        scratch.State.MailingId = mailingId;
        scratch.State.Sequence = sequence;
        LiquidRow whole = own is null ? row : new ReferencedRow(row, own);
        content.Render(whole, scratch.State, scratch.Subject, scratch.Html, scratch.Text);
        scratch.Push = content.Push?.Render(whole, scratch.State);
        scratch.SmsFrom = content.SmsFrom(whole, scratch.State);
        return whole;
    }

    /// <summary>Renders and composes one message.</summary>
    public void Compose(CompiledMailing content, MailingRow mailing, int sequence, string address,
        ReadOnlyMemory<byte> fields, DateTimeOffset date, RenderScratch scratch, IBufferWriter<byte> output, RecipientContent? own = null)
    {
        var started = ThreadClock.Nanoseconds;
        var row = Render(content, mailing.MailingId, sequence, mailing.RecipientId(sequence), fields, scratch, own);
        var sender = content.Sender.Of(row, scratch.State);
        var rendered = ThreadClock.Nanoseconds;
        var unsubscribe = Encoding.ASCII.GetString(scratch.UnsubscribeUrl.Span);
        var signer = signers.Of(sender.Domain);
        if (signer is not null) scratch.Message.ResetWrittenCount();
        var composed = content.Composer.Compose(signer is null ? output : scratch.Message, new MessageParts
        {
            From = content.Sender.IsFixed ? null : sender.From,
            ReplyTo = content.Sender.IsFixed ? null : sender.ReplyTo,
            To = new Mailbox(address),
            Subject = Encoding.UTF8.GetString(scratch.Subject.WrittenSpan),
            Date = date,
            MessageId = scratch.MessageId,

            Unsubscribe = new UnsubscribeTargets(unsubscribe, UnsubscribeAddress(mailing.MailingId, sequence)),

            // Providers group complaints by it only where a signature vouches for the sender.
            FeedbackId = signer is null ? null : string.Create(CultureInfo.InvariantCulture, $"{mailing.MailingId}:{mailing.ClientId}:mailing:closedloop"),
            Attachments = own is null ? [] : own.FilesOf(content, scratch.Html.WrittenSpan),
            Html = scratch.Html.WrittenSpan,
            Text = scratch.Text.WrittenSpan,

            // RFC 6376 section 5.3: a relay that has to convert 8-bit text breaks the signature over it.
            AllowEightBit = signer is null,
        });
        if (signer is not null)
        {
            signer.Sign(scratch.Message.WrittenSpan, date, output);
            output.Write(scratch.Message.WrittenSpan);
        }

        statistics.AddRender(rendered - started);
        if (composed.Replaced > 0) statistics.AddReplaced(composed.Replaced);
        statistics.AddCompose(ThreadClock.Nanoseconds - rendered, composed.Length);
    }

    /// <summary>The mailto form (RFC 2369 section 3.2), only where its mail is read: an address that nobody reads would lose the unsubscribe of whoever uses it.</summary>
    private string? UnsubscribeAddress(long mailingId, int sequence) => options.UnsubscribeDomain is { } domain
        ? $"{addresses.ToString(TrackingTokenKind.UnsubscribeMail, mailingId, sequence)}@{domain}?subject=unsubscribe"
        : null;

    private static ReadOnlyMemory<byte> Number(long value)
    {
        var bytes = new byte[20];
        value.TryFormat(bytes, out var written, provider: CultureInfo.InvariantCulture);
        return bytes.AsMemory(0, written);
    }

    private ReadOnlyMemory<byte> UnsubscribeUrl(long mailingId, int sequence)
    {
        var url = new byte[_unsubscribePrefix.Length + TrackingTokenCodec.MaxLength(0)];
        _unsubscribePrefix.CopyTo(url, 0);
        var length = tokens.Write(url.AsSpan(_unsubscribePrefix.Length), TrackingTokenKind.Unsubscribe, mailingId, sequence);
        return url.AsMemory(0, _unsubscribePrefix.Length + length);
    }
}
