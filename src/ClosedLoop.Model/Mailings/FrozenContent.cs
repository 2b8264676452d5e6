namespace ClosedLoop.Model.Mailings;

/// <summary>Referenced content as it was when the mailing was copied.</summary>
public sealed record FrozenContent
{
    /// <summary>Address the content came from in the end, after redirects.</summary>
    public required string Url { get; init; }

    /// <summary>SHA-256 of the octets received, in lower-case hex: tells later whether the server has changed its mind.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Cleaned markup for the HTML part; null for a link.</summary>
    public string? Html { get; init; }

    /// <summary>The same without markup, or the address of a link.</summary>
    public required string Text { get; init; }
}
