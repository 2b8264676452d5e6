namespace ClosedLoop.Model.Orders;

/// <summary>Message of an e-mail order. What is null comes from the template, then from the group (xml-delivery spec section 9.1).</summary>
public sealed record EmailMessage : OrderMessage
{
    /// <summary>Charset in lower case; not used when a template is named.</summary>
    public string? Encoding { get; init; }

    /// <summary>Title for operators.</summary>
    public string? Label { get; init; }

    public string? Subject { get; init; }

    public string? SenderName { get; init; }

    public string? SenderAddress { get; init; }

    /// <summary>Address, or name and address in angle brackets.</summary>
    public string? ReplyTo { get; init; }

    public bool PublishOnWeb { get; init; }

    public PreferredContent? PreferredContent { get; init; }

    /// <summary>Null together with <see cref="Text"/> when the group's content is sent.</summary>
    public HtmlContent? Html { get; init; }

    public TextContent? Text { get; init; }

    /// <summary>Id of the campaign that content and headers come from.</summary>
    public long? Template { get; init; }
}
