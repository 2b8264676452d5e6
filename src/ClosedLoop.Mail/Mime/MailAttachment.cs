using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace ClosedLoop.Mail.Mime;

/// <summary>
/// A file that travels with a message, encoded when it is made: whoever sends it to many makes it once. Immutable and safe for concurrent use.
/// </summary>
public sealed class MailAttachment
{
    /// <summary>RFC 2045 section 5.1: tspecials but the slash.</summary>
    private static readonly SearchValues<char> NotInType = SearchValues.Create(" \"\\()<>@,:=?[]");

    private static readonly SearchValues<char> NotInId = SearchValues.Create("<>\"()\\,;:[]");

    private MailAttachment(string fileName, string mediaType, ReadOnlySpan<byte> content, string? contentId)
    {
        FileName = fileName;
        MediaType = mediaType;
        Size = content.Length;
        ContentId = contentId;
        IsPlain = mediaType.StartsWith("text/", StringComparison.OrdinalIgnoreCase) && IsWireText(content);
        Entity = Encode(content);
    }

    /// <summary>As given; what a reader is offered as the name of the file.</summary>
    public string FileName { get; }

    public string MediaType { get; }

    /// <summary>Octets before encoding.</summary>
    public int Size { get; }

    /// <summary>Octets in a message, with the part's header.</summary>
    public int EncodedSize => Entity.Length;

    /// <summary>Without angle brackets; HTML names it as <c>cid:...</c>. Null for what is not shown within the text.</summary>
    public string? ContentId { get; }

    /// <summary>Whether it belongs to the HTML part (multipart/related) and not beside the text (multipart/mixed).</summary>
    public bool IsInline => ContentId is not null;

    /// <summary>Header and encoded content.</summary>
    internal byte[] Entity { get; }

    /// <summary>Whether the content stands unencoded, so that it may hold a boundary.</summary>
    internal bool IsPlain { get; }

    /// <summary>A file beside the text (RFC 2183 disposition <c>attachment</c>).</summary>
    /// <param name="fileName">1 to 255 characters; control characters and path separators are refused.</param>
    /// <param name="mediaType"><c>type/subtype</c> with or without parameters; <c>multipart</c> and <c>message</c> are refused: they forbid base64 (RFC 2046 section 5).</param>
    /// <param name="content">The file, kept octet by octet.</param>
    /// <exception cref="MailFormatException">With code <see cref="MailErrors.Attachment"/>.</exception>
    public static MailAttachment File(string fileName, string mediaType, ReadOnlySpan<byte> content) =>
        new(CheckName(fileName), CheckType(mediaType), content, contentId: null);

    /// <summary>An image or the like that the HTML part shows (RFC 2392).</summary>
    /// <param name="fileName">As for <see cref="File"/>.</param>
    /// <param name="mediaType">As for <see cref="File"/>.</param>
    /// <param name="content">The file.</param>
    /// <param name="contentId"><c>left@right</c> without angle brackets; null makes one from the content, so that the same file has the same id wherever it is used.</param>
    /// <exception cref="MailFormatException">With code <see cref="MailErrors.Attachment"/>.</exception>
    public static MailAttachment Inline(string fileName, string mediaType, ReadOnlySpan<byte> content, string? contentId = null) =>
        new(CheckName(fileName), CheckType(mediaType), content, CheckId(contentId ?? NewContentId(content)));

    /// <summary>RFC 2045 section 7 wants it unique in the world: a hash of the content is, and says no more than the content.</summary>
    private static string NewContentId(ReadOnlySpan<byte> content) =>
        $"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16))}@content.invalid";

    private static string CheckName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length is 0 or > 255 || name is "." or "..")
            throw new MailFormatException(MailErrors.Attachment, $"a file name of {name.Length} characters is refused; expected 1 to 255");
        foreach (var c in name)
        {
            // A name is for saving: it must not lead out of a folder (RFC 2183 section 5), nor look like another by invisible characters.
            if (char.IsControl(c) || c is '/' or '\\' or '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'))
                throw new MailFormatException(MailErrors.Attachment, $"a file name holds U+{(int)c:X4}; expected a plain name without path, line breaks and direction marks");
        }

        return name;
    }

    private static string CheckType(string type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var semicolon = type.IndexOf(';', StringComparison.Ordinal);
        var plain = semicolon < 0 ? type : type[..semicolon];
        var slash = plain.IndexOf('/', StringComparison.Ordinal);
        if (type.Length > 127 || slash <= 0 || slash == plain.Length - 1 || type.AsSpan().ContainsAnyExceptInRange(' ', '~') || plain.AsSpan().ContainsAny(NotInType))
            throw new MailFormatException(MailErrors.Attachment, $"a media type of {type.Length} characters is refused; expected type/subtype in at most 127 ASCII characters");
        if (type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) || type.StartsWith("message/", StringComparison.OrdinalIgnoreCase))
            throw new MailFormatException(MailErrors.Attachment, $"media type {type} may not be encoded in base64 (RFC 2046 section 5); expected application/octet-stream");
        return type;
    }

    private static string CheckId(string id)
    {
        var at = id.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at < id.Length - 1 && id.Length <= 200 && id.IndexOf('@', at + 1) < 0 && !id.AsSpan().ContainsAnyExceptInRange('!', '~') && !id.AsSpan().ContainsAny(NotInId)
            ? id
            : throw new MailFormatException(MailErrors.Attachment, $"a Content-ID of {id.Length} characters is refused; expected left@right in at most 200 printable ASCII characters");
    }

    /// <summary>Whether the octets may go as they are and arrive as they were: ASCII, CRLF only, lines of at most 998, no space at a line's end that a gateway may take off.</summary>
    private static bool IsWireText(ReadOnlySpan<byte> content)
    {
        var shape = BodyShape.Of(content);
        return shape is { NonAscii: 0, LoneBreaks: 0, HasNul: false, LongestLine: <= 998 } && content.IndexOf(" \r\n"u8) < 0 && content.IndexOf("\t\r\n"u8) < 0;
    }

    private byte[] Encode(ReadOnlySpan<byte> content)
    {
        var output = new ArrayBufferWriter<byte>(content.Length + (content.Length / 2) + 512);
        output.Write(Encoding.ASCII.GetBytes($"Content-Type: {MediaType}"));
        ParameterWriter.Write(output, "name", FileName);
        output.Write("\r\n"u8);
        if (ContentId is not null)
            output.Write(Encoding.ASCII.GetBytes($"Content-ID: <{ContentId}>\r\n"));
        output.Write(IsInline ? "Content-Disposition: inline"u8 : "Content-Disposition: attachment"u8);
        ParameterWriter.Write(output, "filename", FileName);
        output.Write(IsPlain ? "\r\nContent-Transfer-Encoding: 7bit\r\n\r\n"u8 : "\r\nContent-Transfer-Encoding: base64\r\n\r\n"u8);
        if (IsPlain)
            output.Write(content);
        else
            Base64Lines.Write(output, content);
        return output.WrittenSpan.ToArray();
    }
}
