using System.Text.Json.Serialization;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Model.Clients;

/// <summary>Who a client's mail comes from.</summary>
public sealed record SenderSettings
{
    public required string Address { get; init; }

    public string? Name { get; init; }

    /// <summary>Domain of the per-recipient return path (VERP); the sender's domain when not given.</summary>
    public string? ReturnPathDomain { get; init; }

    /// <summary>Domains besides that of <see cref="Address"/> that a mailing's own sender may have.</summary>
    public IReadOnlyList<string> AllowedDomains { get; init; } = [];

    /// <summary>Domain of <see cref="Address"/> in A-labels: whose DKIM key signs.</summary>
    [JsonIgnore]
    public string WireDomain => DomainOf(Address);

    /// <summary>Domain of the envelope sender, the Message-ID and what else names a single message; in A-labels.</summary>
    [JsonIgnore]
    public string WireReturnPathDomain => ReturnPathDomain is null ? WireDomain : DomainOf("bounce@" + ReturnPathDomain);

    /// <summary>Whether a mailing of the client may come from this domain: nobody sends as a stranger through a data column.</summary>
    /// <param name="wireDomain">In A-labels and lower case.</param>
    public bool Allows(string wireDomain) =>
        string.Equals(wireDomain, WireDomain, StringComparison.OrdinalIgnoreCase)
        || AllowedDomains.Any(domain => string.Equals(DomainOf("a@" + domain), wireDomain, StringComparison.OrdinalIgnoreCase));

    private static string DomainOf(string address)
    {
        var wire = EmailAddress.TryNormalise(address) ?? address;
        return wire[(wire.LastIndexOf('@') + 1)..];
    }
}
