using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace ClosedLoop.Delivery.Fetching;

/// <summary>
/// Which addresses a request may go to. IPv4: everything but the special blocks of RFC 6890 and its registry. IPv6: only 2000::/3, the
/// one range given out for the public, less the blocks in it that tunnel, document or test. A list of what is refused in
/// IPv6 was incomplete wherever one was tried, because so many forms embed an IPv4 address.
/// </summary>
internal static class AddressRules
{
    private static readonly IPNetwork[] RefusedFour =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.0.0.0/24"), IPNetwork.Parse("192.0.2.0/24"),
        IPNetwork.Parse("192.88.99.0/24"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("198.18.0.0/15"), IPNetwork.Parse("198.51.100.0/24"),
        IPNetwork.Parse("203.0.113.0/24"), IPNetwork.Parse("224.0.0.0/4"), IPNetwork.Parse("240.0.0.0/4"),

        // Public by its number, yet a cloud's own service that answers each virtual machine from inside.
        IPNetwork.Parse("168.63.129.16/32"),
    ];

    private static readonly IPNetwork PublicSix = IPNetwork.Parse("2000::/3");

    /// <summary>Within 2000::/3: IETF protocols with Teredo, documentation, 6to4, documentation again (RFC 9637).</summary>
    private static readonly IPNetwork[] RefusedSix =
        [IPNetwork.Parse("2001::/23"), IPNetwork.Parse("2001:db8::/32"), IPNetwork.Parse("2002::/16"), IPNetwork.Parse("3fff::/20")];

    /// <summary>Translated (RFC 6052, 8215, 2765), Teredo, 6to4; multicast in both.</summary>
    private static readonly IPNetwork[] Never =
    [
        IPNetwork.Parse("::ffff:0:0:0/96"), IPNetwork.Parse("64:ff9b::/32"), IPNetwork.Parse("2001::/32"), IPNetwork.Parse("2002::/16"), IPNetwork.Parse("ff00::/8"),
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("224.0.0.0/4"), IPNetwork.Parse("255.255.255.255/32"),
    ];

    private static readonly IPNetwork Compatible = IPNetwork.Parse("::/96");

    /// <summary>Whether a connection to the address may be opened.</summary>
    public static bool MayReach(IPAddress address, IReadOnlyList<IPNetwork> allowPrivate)
    {
        if (HidesAnother(address)) return false;
        foreach (var network in allowPrivate)
        {
            if (network.Contains(address)) return true;
        }

        return address.AddressFamily switch
        {
            AddressFamily.InterNetwork => !Contains(RefusedFour, address),
            AddressFamily.InterNetworkV6 => PublicSix.Contains(address) && !Contains(RefusedSix, address),
            _ => false,
        };
    }

    /// <summary>No setting opens these: who is meant by them is not who they name.</summary>
    private static bool HidesAnother(IPAddress address)
    {
        // Asked first: to IPNetwork a mapped address counts as the IPv4 address inside it.
        if (address.IsIPv4MappedToIPv6 || Contains(Never, address)) return true;
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return false;
        if (Compatible.Contains(address)) return !address.Equals(IPAddress.IPv6Loopback);
        Span<byte> octets = stackalloc byte[16];
        address.TryWriteBytes(octets, out _);

        // ISATAP (RFC 5214 section 6.1): the IPv4 address stands in the interface identifier, under any prefix.
        return BinaryPrimitives.ReadUInt32BigEndian(octets[8..]) is 0x00005efe or 0x02005efe;
    }

    private static bool Contains(IPNetwork[] networks, IPAddress address)
    {
        foreach (var network in networks)
        {
            if (network.Contains(address)) return true;
        }

        return false;
    }
}
