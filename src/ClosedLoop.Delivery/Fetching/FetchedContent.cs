namespace ClosedLoop.Delivery.Fetching;

/// <summary>An answer of another server.</summary>
/// <param name="Address">Where it came from, after redirects.</param>
/// <param name="MediaType">Content type in lower case, without parameters.</param>
/// <param name="Charset">Charset the server named; <c>null</c> when it named none.</param>
/// <param name="Body">Octets after decompression.</param>
public sealed record FetchedContent(ContentAddress Address, string MediaType, string? Charset, byte[] Body)
{
    /// <summary>File name of Content-Disposition (RFC 6266), as the server wrote it; <c>null</c> when it named none.</summary>
    public string? FileName { get; init; }
}
