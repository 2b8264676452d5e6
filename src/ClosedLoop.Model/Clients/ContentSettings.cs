namespace ClosedLoop.Model.Clients;

/// <summary>Which servers a client's mailings may take content from, and how much of it a mail takes (closed-loop spec section 10).</summary>
public sealed record ContentSettings
{
    /// <summary>Host names, or <c>*.example.com</c> for all names below one. None: nothing is fetched.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Pictures travel with the mail: those of <c>ref-image</c> fields, and those that stand beside a template. A mailing may say otherwise.</summary>
    public bool EmbedImages { get; init; }

    /// <summary>How many of the first 100 recipients may lack their content before the mailing pauses.</summary>
    public int MaxFailurePercent { get; init; } = 5;

    /// <summary>Attachments of one mail.</summary>
    public int MaxAttachments { get; init; } = 5;

    /// <summary>Octets of the attachments of one mail together.</summary>
    public int MaxAttachmentBytes { get; init; } = 500_000;

    /// <summary>Octets of one picture.</summary>
    public int MaxImageBytes { get; init; } = 2 * 1024 * 1024;
}
