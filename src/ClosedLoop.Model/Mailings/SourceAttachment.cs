namespace ClosedLoop.Model.Mailings;

/// <summary>A file that goes with every mail of a source mailing: one of the definition, or one that is fetched with the copy.</summary>
public sealed record SourceAttachment
{
    /// <summary>The file of the definition; null for one that is fetched.</summary>
    public FrozenFile? File { get; init; }

    /// <summary>An http or https address; null for a file of the definition.</summary>
    public string? Url { get; init; }

    /// <summary>Name for a file that is fetched; null takes what its server says.</summary>
    public string? Name { get; init; }
}
