using System.Globalization;
using System.Net;
using ClosedLoop.Silo.Doctor.Dns;

namespace ClosedLoop.Silo.Doctor;

/// <summary>Whether a domain's SPF record lets an address send (RFC 7208 section 4), without macros and <c>exists</c>, which senders' own records hardly use.</summary>
internal sealed class SpfCheck(DnsClient dns)
{
    /// <summary>RFC 7208 section 4.6.4.</summary>
    private const int MostLookups = 10;

    private int _lookups;

    /// <summary>The record of a domain; null when there is none.</summary>
    /// <exception cref="FormatException">There is more than one.</exception>
    public async Task<string?> RecordAsync(string domain, CancellationToken cancellation)
    {
        var records = (await dns.AskAsync(domain, DnsType.Txt, cancellation)).Values.Where(text => text == "v=spf1" || text.StartsWith("v=spf1 ", StringComparison.OrdinalIgnoreCase)).ToList();
        return records.Count <= 1 ? records.FirstOrDefault() : throw new FormatException($"{domain} has {records.Count} SPF records; receivers take that for an error, expected one");
    }

    /// <summary>The qualifier of the first mechanism that fits: <c>+</c> lets it send; <c>?</c> when none fits.</summary>
    /// <exception cref="FormatException">The record needs more than ten look-ups, or cannot be read.</exception>
    public async Task<char> ResultAsync(string domain, IPAddress address, CancellationToken cancellation)
    {
        var record = await RecordAsync(domain, cancellation) ?? throw new FormatException($"{domain} has no SPF record");
        string? redirect = null;
        foreach (var term in record.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            if (term.StartsWith("redirect=", StringComparison.OrdinalIgnoreCase)) redirect = term[9..];
            else if (!term.Contains('=', StringComparison.Ordinal) && await FitsAsync(domain, term.TrimStart('+', '-', '~', '?'), address, cancellation)) return term[0] is '-' or '~' or '?' ? term[0] : '+';
        }

        if (redirect is null) return '?';
        Count();
        return await ResultAsync(redirect, address, cancellation);
    }

    private async Task<bool> FitsAsync(string domain, string mechanism, IPAddress address, CancellationToken cancellation)
    {
        var colon = mechanism.IndexOf(':', StringComparison.Ordinal);
        var name = (colon < 0 ? mechanism.Split('/')[0] : mechanism[..colon]).ToLowerInvariant();
        var rest = colon < 0 ? mechanism[name.Length..] : mechanism[(colon + 1)..];
        switch (name)
        {
            case "all":
                return true;
            case "ip4" or "ip6":
                return Holds(rest, address);
            case "include":
                Count();
                return await ResultAsync(rest, address, cancellation) == '+';
            case "a" or "mx":
                Count();
                var slash = rest.IndexOf('/', StringComparison.Ordinal);
                var (target, bits) = slash < 0 ? (rest, "") : (rest[..slash], rest[slash..]);
                if (target.Length == 0) target = domain;
                IReadOnlyList<string> hosts = name == "a" ? [target] : (await dns.AskAsync(target, DnsType.Mx, cancellation)).Values;
                foreach (var host in hosts)
                {
                    var type = address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? DnsType.A : DnsType.Aaaa;
                    if ((await dns.AskAsync(host, type, cancellation)).Values.Any(value => Holds(value + bits, address))) return true;
                }

                return false;
            default:
                Count();
                return false;
        }
    }

    private void Count()
    {
        if (++_lookups > MostLookups) throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"the SPF record needs more than {MostLookups} look-ups; receivers stop there"));
    }

    private static bool Holds(string network, IPAddress address)
    {
        var slash = network.IndexOf('/', StringComparison.Ordinal);
        if (!IPAddress.TryParse(slash < 0 ? network : network[..slash], out var start) || start.AddressFamily != address.AddressFamily) return false;
        var all = start.GetAddressBytes().Length * 8;
        if (!int.TryParse(slash < 0 ? "" : network[(slash + 1)..].TrimStart('/'), CultureInfo.InvariantCulture, out var bits)) bits = all;
        if (bits < 0 || bits > all) return false;
        var (left, right) = (start.GetAddressBytes(), address.GetAddressBytes());
        for (var i = 0; i < bits; i++)
        {
            if (((left[i / 8] ^ right[i / 8]) >> (7 - (i % 8)) & 1) != 0) return false;
        }

        return true;
    }
}
