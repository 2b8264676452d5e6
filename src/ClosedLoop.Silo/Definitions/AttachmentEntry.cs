namespace ClosedLoop.Silo.Definitions;

/// <summary>An entry of <c>attachments</c> in <c>mailing.json</c>: a file of the mailing's folder, or an address.</summary>
internal sealed record AttachmentEntry
{
    /// <summary>Path below the mailing's folder.</summary>
    public string? File { get; init; }

    /// <summary>An http or https address, fetched when the mailing is copied.</summary>
    public string? Url { get; init; }

    /// <summary>Name that readers see; that of the file or server when not given.</summary>
    public string? Name { get; init; }
}
