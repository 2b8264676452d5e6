using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace ClosedLoop.Mail.Mime;

/// <summary>
/// Writes complete messages of RFC 5322 and RFC 2045-2049 with CRLF lines, not dot-stuffed. Made once per mailing: what is the same for all
/// recipients stands ready as bytes. Immutable and safe for concurrent use; the output is the caller's.
/// </summary>
public sealed partial class MessageComposer
{
    private static readonly SearchValues<char> BoundaryCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'+_,-./:=?");

    private readonly MessageComposerOptions _options;
    private readonly byte[] _from;
    private readonly byte[] _fixed;
    private readonly byte[] _boundary;
    private readonly MailAttachment[] _attachments;
    private readonly Encoding? _charset;
    private readonly byte[] _charsetName;

    /// <summary>Encodes what is the same in every message.</summary>
    /// <exception cref="MailFormatException">When an option cannot be written into a message.</exception>
    public MessageComposer(MessageComposerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.MaxHeaderLength < 1)
            throw new MailFormatException(MailErrors.Option, $"MaxHeaderLength is {options.MaxHeaderLength}; expected at least 1 character");
        _options = options;
        _from = options.From is { } from ? Encode((ref HeaderWriter w) => w.Address("From: "u8, from, Rules)) : [];
        _attachments = [.. options.Attachments];
        _fixed = Encode((ref HeaderWriter w) =>
        {
            if (options.ReplyTo is { } replyTo)
                w.Address("Reply-To: "u8, replyTo, Rules);
            foreach (var header in options.Headers)
                w.Field(header);
            if (options.AutoSubmitted != AutoSubmitted.No)
                w.Field(new MessageHeader("Auto-Submitted", options.AutoSubmitted == AutoSubmitted.Generated ? "auto-generated" : "auto-replied"));
            w.Lines("MIME-Version: 1.0\r\n"u8);
        });
        _boundary = Boundary(options.Boundary);
        _charset = CharsetOf(options.Charset);
        _charsetName = Encoding.ASCII.GetBytes(_charset?.WebName ?? "utf-8");
    }

    private AddressRules Rules =>
        (_options.AllowQuotedLocalParts ? AddressRules.QuotedLocalPart : AddressRules.None) | (_options.AllowUtf8Addresses ? AddressRules.Utf8LocalPart : AddressRules.None);

    private delegate void HeaderAction(ref HeaderWriter writer);

    /// <summary>Writes one message.</summary>
    /// <param name="output">Receives the message; what was written before an exception is to be thrown away.</param>
    /// <param name="parts">The recipient's part of the message.</param>
    /// <exception cref="MailFormatException">When an address, header or Message-ID of this recipient is refused.</exception>
    public ComposedMessage Compose(IBufferWriter<byte> output, in MessageParts parts)
    {
        ArgumentNullException.ThrowIfNull(output);
        var counter = new CountingWriter(output);
        var writer = new HeaderWriter(counter, _options.MaxHeaderLength);
        writer.Date(parts.Date);
        if (parts.From is { } from)
            writer.Address("From: "u8, from, Rules);
        else if (_from.Length > 0)
            writer.Lines(_from);
        else
            throw new MailFormatException(MailErrors.Address, "neither the message nor the mailing names a sender; RFC 5322 section 3.6 requires From");
        if (parts.ReplyTo is { } replyTo)
            writer.Address("Reply-To: "u8, _options.ReplyTo is null ? replyTo : throw new MailFormatException(MailErrors.Address, "the mailing and the message both name a Reply-To; RFC 5322 section 3.6 allows one"), Rules);
        writer.Address("To: "u8, parts.To, Rules);
        writer.FreeText("Subject: "u8, parts.Subject);
        writer.MessageId(parts.MessageId);
        foreach (ref readonly var header in parts.Headers)
            writer.Field(header);
        writer.Unsubscribe(parts.Unsubscribe);
        if (parts.FeedbackId is { } feedback)
            writer.Field(new MessageHeader("Feedback-ID", feedback));
        writer.Lines(_fixed);
        writer.Flush();
        var (text, html, replaced) = WriteBodies(counter, parts);
        return new ComposedMessage(counter.Written, text, html, replaced);
    }

    private byte[] Encode(HeaderAction action)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new HeaderWriter(buffer, _options.MaxHeaderLength);
        action(ref writer);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static Encoding? CharsetOf(string? name)
    {
        if (name is null || name.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            return null;
        var fallback = new EncoderReplacementFallback("?");
        return CodePagesEncodingProvider.Instance.GetEncoding(name, fallback, DecoderFallback.ReplacementFallback)
            ?? throw new MailFormatException(MailErrors.Option, $"the charset '{name}' is not known; expected a name such as utf-8 or iso-8859-15");
    }

    /// <summary>"=_" cannot occur in quoted-printable or base64 (RFC 2045 section 6.7, rule 1 and note); plain bodies are searched for it.</summary>
    private static byte[] Boundary(string? given)
    {
        if (given is null)
            return Encoding.ASCII.GetBytes("=_" + Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));
        if (given.Length is < 1 or > 60 || given.AsSpan().ContainsAnyExcept(BoundaryCharacters))
            throw new MailFormatException(MailErrors.Option, $"the boundary of {given.Length} characters is refused; expected 1 to 60 of letters, digits and '+_,-./:=?");
        return Encoding.ASCII.GetBytes(given);
    }
}
