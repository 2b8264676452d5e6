namespace ClosedLoop.Mail.Dkim;

/// <summary>What a signature covers.</summary>
public sealed record DkimSignerOptions
{
    /// <summary>
    /// Fields that are signed as often as they occur and once more, so that none can be added on the way without breaking the signature
    /// (RFC 6376 sections 5.4 and 8.15). RFC 8058 section 4 wants both List-Unsubscribe fields among them.
    /// </summary>
    public static IReadOnlyList<string> DefaultHeaders { get; } =
    [
        "From", "To", "Subject", "Date", "Message-ID", "Reply-To", "Sender", "Cc", "In-Reply-To", "References", "MIME-Version", "Content-Type",
        "Content-Transfer-Encoding", "List-Unsubscribe", "List-Unsubscribe-Post", "List-ID", "Feedback-ID", "Auto-Submitted",
    ];

    /// <summary>Default <see cref="DefaultHeaders"/>; From must be among them (RFC 6376 section 5.4).</summary>
    public IReadOnlyList<string> Headers { get; init; } = DefaultHeaders;

    /// <summary>How long a signature is good (tag <c>x=</c>); null sets no end. A queue may hold a message for five days.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>Most fields of a header block. Default 500.</summary>
    public int MaxFields { get; init; } = 500;
}
