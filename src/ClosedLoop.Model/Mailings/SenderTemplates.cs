namespace ClosedLoop.Model.Mailings;

/// <summary>The sender of a mailing, each piece a template in the mailing's dialect (closed-loop spec section 8). What is null is the client's.</summary>
public sealed record SenderTemplates
{
    /// <summary>Its domain must be the client's or one of <c>sender.allowedDomains</c>.</summary>
    public string? Address { get; init; }

    public string? Name { get; init; }

    /// <summary>Where answers go; nothing written leaves the header out.</summary>
    public string? ReplyTo { get; init; }
}
