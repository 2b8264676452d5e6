namespace ClosedLoop.Mail.Mime;

/// <summary>A message as read, however broken. Reading never throws: what cannot be understood is left as text.</summary>
public sealed class MimeMessage
{
    private MimeMessage(MimePart root) => Root = root;

    public MimePart Root { get; }

    public MimeHeaderList Headers => Root.Headers;

    /// <summary>First plain text that is not an attachment; null when there is none.</summary>
    public string? TextBody => Body("text/plain");

    /// <summary>First HTML that is not an attachment; null when there is none.</summary>
    public string? HtmlBody => Body("text/html");

    public static MimeMessage Parse(ReadOnlyMemory<byte> message, MimeLimits? limits = null) =>
        new(new MimeParser(limits ?? new MimeLimits()).Parse(message, 0));

    private string? Body(string mediaType) => Root.SelfAndDescendants.FirstOrDefault(p => p.Children.Count == 0 && p.ContentType.Is(mediaType) && !IsAttachment(p))?.DecodeText();

    private static bool IsAttachment(MimePart part) =>
        part.Headers.Find("Content-Disposition")?.RawValue.TrimStart().StartsWith("attachment", StringComparison.OrdinalIgnoreCase) == true;
}
