namespace ClosedLoop.Mail.Mime;

/// <summary>What is the same in every message of one mailing.</summary>
public sealed record MessageComposerOptions
{
    /// <summary>Sender shown, used when <see cref="MessageParts.From"/> is null.</summary>
    public Mailbox? From { get; init; }

    /// <summary>Where answers go; null leaves the header out.</summary>
    public Mailbox? ReplyTo { get; init; }

    /// <summary>Headers that are equal in all messages; encoded once.</summary>
    public IReadOnlyList<MessageHeader> Headers { get; init; } = [];

    /// <summary>Files that go with every message. Inline ones need an HTML part; without it they go beside the text.</summary>
    public IReadOnlyList<MailAttachment> Attachments { get; init; } = [];

    /// <summary>Default <see cref="AutoSubmitted.No"/>: a mailing is somebody's decision, and absence notices of its readers are wanted.</summary>
    public AutoSubmitted AutoSubmitted { get; init; }

    /// <summary>Multipart boundary, 1 to 60 characters of letters, digits, <c>'+_,-./:=?</c>; null takes a random one.</summary>
    public string? Boundary { get; init; }

    /// <summary>Charset of the text parts; null for UTF-8. Headers say theirs word by word (RFC 2047) and stay in UTF-8.</summary>
    public string? Charset { get; init; }

    /// <summary>Whether <c>"any text"@domain</c> is let through. Off: such local parts serve attacks more often than people.</summary>
    public bool AllowQuotedLocalParts { get; init; }

    /// <summary>Whether local parts outside ASCII are written (RFC 6532); only servers with SMTPUTF8 take such a message. Off.</summary>
    public bool AllowUtf8Addresses { get; init; }

    /// <summary>Octets of all attachments of one message, encoded. Default 25 MiB: what large providers take.</summary>
    public int MaxAttachmentBytes { get; init; } = 25 * 1024 * 1024;

    /// <summary>Longest value of one header in characters, before encoding. Default 4,096.</summary>
    public int MaxHeaderLength { get; init; } = 4096;
}
