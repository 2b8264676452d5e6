namespace ClosedLoop.Mail.Mime;

/// <summary>How much of a hostile message is looked at; what lies beyond is left unread and no error, but for the whole message.</summary>
public sealed record MimeLimits
{
    /// <summary>Parts within parts. Default 20.</summary>
    public int MaxDepth { get; init; } = 20;

    /// <summary>Parts of the whole message. Default 500.</summary>
    public int MaxParts { get; init; } = 500;

    /// <summary>Octets of one header block. Default 262,144.</summary>
    public int MaxHeaderBytes { get; init; } = 256 * 1024;

    /// <summary>Fields of one header block. Default 1,000.</summary>
    public int MaxHeaders { get; init; } = 1000;

    /// <summary>Octets of a whole message; a longer one is refused, because reading holds it in memory. Default 52,428,800.</summary>
    public int MaxMessageBytes { get; init; } = 50 * 1024 * 1024;
}
