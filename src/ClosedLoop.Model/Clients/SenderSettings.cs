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

    /// <summary>Domain of <see cref="Address"/> in A-labels: whose DKIM key signs.</summary>
    [JsonIgnore]
    public string WireDomain => DomainOf(Address);

    /// <summary>Domain of the envelope sender, the Message-ID and what else names a single message; in A-labels.</summary>
    [JsonIgnore]
    public string WireReturnPathDomain => ReturnPathDomain is null ? WireDomain : DomainOf("bounce@" + ReturnPathDomain);

    private static string DomainOf(string address)
    {
        var wire = EmailAddress.TryNormalise(address) ?? address;
        return wire[(wire.LastIndexOf('@') + 1)..];
    }
}
