namespace ClosedLoop.Mail.Mime;

/// <summary>A message as read, however broken: what cannot be understood is left as text.</summary>
public sealed class MimeMessage
{
    private MimeMessage(MimePart root) => Root = root;

    public MimePart Root { get; }

    public MimeHeaderList Headers => Root.Headers;

    /// <summary>First plain text that is not an attachment; null when there is none.</summary>
    public string? TextBody => Body("text/plain");

    /// <summary>First HTML that is not an attachment; null when there is none.</summary>
    public string? HtmlBody => Body("text/html");

    /// <exception cref="MailFormatException">The message is larger than the limit; nothing else throws.</exception>
    public static MimeMessage Parse(ReadOnlyMemory<byte> message, MimeLimits? limits = null)
    {
        limits ??= new MimeLimits();
        if (message.Length > limits.MaxMessageBytes)
            throw new MailFormatException(MailErrors.MessageSize, $"the message has {message.Length} octets; at most {limits.MaxMessageBytes} are read");
        return new MimeMessage(new MimeParser(limits).Parse(message, 0));
    }

    private string? Body(string mediaType) => Root.SelfAndDescendants.FirstOrDefault(p => p.Children.Count == 0 && p.ContentType.Is(mediaType) && !IsAttachment(p))?.DecodeText();

    private static bool IsAttachment(MimePart part) =>
        part.Headers.Find("Content-Disposition")?.RawValue.TrimStart().StartsWith("attachment", StringComparison.OrdinalIgnoreCase) == true;
}
