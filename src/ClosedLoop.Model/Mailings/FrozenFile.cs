namespace ClosedLoop.Model.Mailings;

/// <summary>A file that travels with a mailing; its octets are stored once, by their hash.</summary>
public sealed record FrozenFile
{
    /// <summary>What a reader is offered as the name.</summary>
    public required string Name { get; init; }

    public required string MediaType { get; init; }

    /// <summary>SHA-256 of the octets in lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Octets.</summary>
    public required int Size { get; init; }

    /// <summary>Address it was fetched from, after redirects; null for a file of the definition.</summary>
    public string? Url { get; init; }
}
