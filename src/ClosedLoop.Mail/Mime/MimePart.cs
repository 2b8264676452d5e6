namespace ClosedLoop.Mail.Mime;

/// <summary>One entity of RFC 2045 section 2.4: headers and a body, or headers and more parts.</summary>
public sealed class MimePart
{
    internal MimePart(MimeHeaderList headers, ReadOnlyMemory<byte> body, IReadOnlyList<MimePart> children)
    {
        Headers = headers;
        Body = body;
        Children = children;
        ContentType = MimeContentType.Parse(headers.Find("Content-Type")?.RawValue);
    }

    public MimeHeaderList Headers { get; }

    public MimeContentType ContentType { get; }

    /// <summary>The octets behind the header block, not decoded.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Parts of a multipart, or the one message of a <c>message/rfc822</c>.</summary>
    public IReadOnlyList<MimePart> Children { get; }

    /// <summary>This part and all within it, outside first.</summary>
    public IEnumerable<MimePart> SelfAndDescendants => Children.SelectMany(c => c.SelfAndDescendants).Prepend(this);

    /// <summary>The body with its transfer encoding undone; an unknown encoding leaves it as it is.</summary>
    public byte[] DecodeBytes()
    {
        var encoding = Headers.Find("Content-Transfer-Encoding")?.RawValue.Trim() ?? "";
        var quoted = encoding.Equals("quoted-printable", StringComparison.OrdinalIgnoreCase);
        if (!quoted && !encoding.Equals("base64", StringComparison.OrdinalIgnoreCase))
            return Body.ToArray();
        var target = new byte[Body.Length];
        var written = quoted ? QuotedPrintable.Decode(Body.Span, target) : Base64Lines.Decode(Body.Span, target);
        return target[..written];
    }

    /// <summary>The body as text in its charset; what does not fit becomes U+FFFD.</summary>
    public string DecodeText() => Charsets.Decode(ContentType.Charset, DecodeBytes());
}
