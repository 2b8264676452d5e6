using ClosedLoop.Mail.Mime;

namespace ClosedLoop.Mail.Bounces;

/// <summary>A mail that came back, read and sorted. Made by <see cref="ReturnedMailReader"/>.</summary>
public sealed record ReturnedMail
{
    public required ReturnedMailKind Kind { get; init; }

    /// <summary>Empty for replies and for reports that name nobody.</summary>
    public IReadOnlyList<ReturnedRecipient> Recipients { get; init; } = [];

    /// <summary>Feedback-Type of RFC 5965 section 3.1 in lower case; empty unless a complaint.</summary>
    public string FeedbackType { get; init; } = "";

    /// <summary>Decoded subject; empty when there is none.</summary>
    public string Subject { get; init; } = "";

    /// <summary>The sender in the From field; null when it has none.</summary>
    public string? From { get; init; }

    /// <summary>Header fields of the message that is returned or complained about; empty when none came along.</summary>
    public MimeHeaderList ReturnedHeaders { get; init; } = new();

    /// <summary>Addresses the mail itself went to, most trusted first: envelope marks of the last hop, then To and Cc.</summary>
    public IReadOnlyList<string> DeliveredTo { get; init; } = [];

    /// <summary>Message-IDs this mail answers, without brackets: In-Reply-To, then References from the last.</summary>
    public IReadOnlyList<string> AnsweredMessageIds { get; init; } = [];
}
