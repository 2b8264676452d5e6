namespace ClosedLoop.Mail.Mime;

/// <summary>What differs from recipient to recipient in one message of a mailing.</summary>
public readonly ref struct MessageParts
{
    /// <summary>Sender shown; null takes <see cref="MessageComposerOptions.From"/>, whose bytes are ready.</summary>
    public Mailbox? From { get; init; }

    /// <summary>Where answers go; null takes <see cref="MessageComposerOptions.ReplyTo"/>, which must be null for a mailing that gives this one.</summary>
    public Mailbox? ReplyTo { get; init; }

    public required Mailbox To { get; init; }

    /// <summary>Any text; control characters become spaces, so that merged data cannot open a header.</summary>
    public required ReadOnlySpan<char> Subject { get; init; }

    public required DateTimeOffset Date { get; init; }

    /// <summary><c>left@right</c>, with or without angle brackets. A repeated message keeps its id.</summary>
    public required string MessageId { get; init; }

    public ReadOnlySpan<MessageHeader> Headers { get; init; }

    /// <summary>Ways to unsubscribe; the default writes none.</summary>
    public UnsubscribeTargets Unsubscribe { get; init; }

    /// <summary>Value of Feedback-ID, by which a provider's complaint rates are grouped: up to four parts separated by colons, the last the sender's. Null leaves it out.</summary>
    public string? FeedbackId { get; init; }

    /// <summary>Files for this recipient, after those of <see cref="MessageComposerOptions.Attachments"/>.</summary>
    public ReadOnlySpan<MailAttachment> Attachments { get; init; }

    /// <summary>HTML body in UTF-8; empty leaves the part out.</summary>
    public ReadOnlySpan<byte> Html { get; init; }

    /// <summary>Plain text body in UTF-8; empty leaves the part out.</summary>
    public ReadOnlySpan<byte> Text { get; init; }

    /// <summary>Whether the server at hand takes 8-bit bodies (RFC 6152). Off by default: RFC 6376 section 5.3 asks for 7-bit bodies under a signature.</summary>
    public bool AllowEightBit { get; init; }
}
