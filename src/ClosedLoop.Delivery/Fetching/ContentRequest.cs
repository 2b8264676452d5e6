namespace ClosedLoop.Delivery.Fetching;

/// <summary>What one request asks for and takes.</summary>
/// <param name="Address">Where it stands.</param>
/// <param name="Hosts">The list of whoever asks; the service's list holds besides.</param>
/// <param name="MediaTypes">Content types taken, in lower case and without parameters.</param>
/// <param name="MaxBytes">Most octets, counted after decompression.</param>
public sealed record ContentRequest(ContentAddress Address, HostList Hosts, IReadOnlyList<string> MediaTypes, int MaxBytes)
{
    /// <summary>Time for one attempt where it is shorter than the service's; <c>null</c> for that.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Only over https; plain http to nothing but an address of <c>ContentFetch:AllowPrivate</c>, which an operator has opened.</summary>
    public bool SecureOnly { get; init; }
}
