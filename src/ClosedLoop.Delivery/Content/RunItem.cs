using ClosedLoop.Delivery.Fetching;
using ClosedLoop.Mail.Mime;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Delivery.Content;

/// <summary>What came of one address in a run.</summary>
internal sealed record RunItem
{
    /// <summary>A text, or the target of a link.</summary>
    public FrozenContent? Text { get; init; }

    /// <summary>A picture or an attachment, encoded once for all who get it.</summary>
    public MailAttachment? File { get; init; }

    /// <summary>An attachment whose name depends on its place in the mail.</summary>
    public FetchedContent? Unnamed { get; init; }

    /// <summary>Octets held, about.</summary>
    public long Size => (3L * (Text?.Html?.Length ?? 0)) + (3L * (Text?.Text.Length ?? 0)) + (File?.EncodedSize ?? 0) + (Unnamed?.Body.Length ?? 0) + 512;
}
