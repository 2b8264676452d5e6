using System.Net;
using ClosedLoop.Model.Clients;
using ClosedLoop.Silo.Doctor.Dns;

namespace ClosedLoop.Silo.Doctor;

/// <summary>What must stand in the DNS for mail of a client to be believed (docs/going-live.md).</summary>
internal sealed class DomainChecks(DnsClient dns, IReadOnlyDictionary<string, Mail.Dkim.DkimSigner> signers)
{
    public async Task<IReadOnlyList<Finding>> RunAsync(ClientDefinition client, CancellationToken cancellation)
    {
        var (sender, back) = (client.Sender.WireDomain, client.Sender.WireReturnPathDomain);
        var addresses = await AddressesAsync(client.Relay.Host, cancellation);
        return
        [
            await TryAsync("spf", back, () => SpfAsync(back, addresses, cancellation)),
            .. await DkimAsync(sender, cancellation),
            await TryAsync("dmarc", sender, () => DmarcAsync(sender, back, cancellation)),
            await TryAsync("return-path", back, () => ReturnPathAsync(back, cancellation)),
            .. await PtrAsync(client.Relay.Host, addresses, cancellation),
        ];
    }

    /// <summary>A check that cannot ask is a fault of its own, not the end of the others.</summary>
    public static async Task<Finding> TryAsync(string check, string subject, Func<Task<Finding>> look)
    {
        try
        {
            return await look();
        }
        catch (Exception e) when (e is IOException or FormatException)
        {
            return new Finding(check, subject, Verdict.Fault, e.Message);
        }
    }

    private async Task<IReadOnlyList<IPAddress>> AddressesAsync(string host, CancellationToken cancellation)
    {
        if (IPAddress.TryParse(host, out var literal)) return [literal];
        try
        {
            var found = (await dns.AskAsync(host, DnsType.A, cancellation)).Values.Concat((await dns.AskAsync(host, DnsType.Aaaa, cancellation)).Values);
            return [.. found.Select(IPAddress.Parse)];
        }
        catch (Exception e) when (e is IOException or FormatException)
        {
            return [];
        }
    }

    private async Task<Finding> SpfAsync(string domain, IReadOnlyList<IPAddress> relay, CancellationToken cancellation)
    {
        var record = await new SpfCheck(dns).RecordAsync(domain, cancellation);
        if (record is null) return new Finding("spf", domain, Verdict.Fault, "no SPF record", $"publish a TXT record at {domain}: v=spf1 ip4:ADDRESS-OF-THE-RELAY -all");
        if (relay.Where(IsPublic).ToList() is not { Count: > 0 } senders) return new Finding("spf", domain, Verdict.Warning, $"{record}; the relay has no public address here, so whether it may send cannot be judged");
        foreach (var address in senders)
        {
            var result = await new SpfCheck(dns).ResultAsync(domain, address, cancellation);
            if (result != '+') return new Finding("spf", domain, Verdict.Fault, $"{record} does not let {address} send ({result})", $"add ip{(address.GetAddressBytes().Length == 4 ? 4 : 6)}:{address} to the record, if mail leaves from there");
        }

        return new Finding("spf", domain, Verdict.Ok, record);
    }

    private async Task<IReadOnlyList<Finding>> DkimAsync(string domain, CancellationToken cancellation)
    {
        var signer = signers.OrderByDescending(one => one.Key.Length).FirstOrDefault(one => domain.Equals(one.Key, StringComparison.OrdinalIgnoreCase) || domain.EndsWith('.' + one.Key, StringComparison.OrdinalIgnoreCase)).Value;
        if (signer is null) return [new Finding("dkim", domain, Verdict.Warning, "no key signs mail of this domain", "set Delivery:Dkim, or be sure that the relay signs")];
        var findings = new List<Finding>();
        foreach (var key in signer.Keys)
        {
            findings.Add(await TryAsync("dkim", key.DnsName, async () =>
            {
                var texts = (await dns.AskAsync(key.DnsName, DnsType.Txt, cancellation)).Values;
                if (texts.Count == 0) return new Finding("dkim", key.DnsName, Verdict.Fault, "no record", $"publish a TXT record there: {key.DnsRecord}");
                return texts.Any(text => Tag(text, "p") == Tag(key.DnsRecord, "p"))
                    ? new Finding("dkim", key.DnsName, Verdict.Ok, "the public key is that of the key file")
                    : new Finding("dkim", key.DnsName, Verdict.Fault, "the record has another public key than the key file", $"publish: {key.DnsRecord}");
            }));
        }

        return findings;
    }

    private async Task<Finding> DmarcAsync(string sender, string back, CancellationToken cancellation)
    {
        var (place, record) = ("_dmarc." + sender, await DmarcOfAsync(sender, cancellation));
        for (var parent = sender; record is null && parent.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && parent[(dot + 1)..].Contains('.', StringComparison.Ordinal);)
        {
            parent = parent[(dot + 1)..];
            (place, record) = ("_dmarc." + parent, await DmarcOfAsync(parent, cancellation));
        }

        if (record is null) return new Finding("dmarc", sender, Verdict.Fault, "no DMARC record", $"publish a TXT record at _dmarc.{sender}: v=DMARC1; p=none; rua=mailto:YOU");
        var signed = signers.Keys.Any(domain => IsAligned(sender, domain));
        return signed || IsAligned(sender, back)
            ? new Finding("dmarc", place, Verdict.Ok, record)
            : new Finding("dmarc", place, Verdict.Fault, $"{record}; neither a DKIM domain nor the return path {back} belongs to {sender}", "sign with a key of the sender's domain, or put the return path below it");
    }

    private async Task<string?> DmarcOfAsync(string domain, CancellationToken cancellation) =>
        (await dns.AskAsync("_dmarc." + domain, DnsType.Txt, cancellation)).Values.FirstOrDefault(text => text.StartsWith("v=DMARC1", StringComparison.Ordinal));

    private async Task<Finding> ReturnPathAsync(string domain, CancellationToken cancellation)
    {
        var hosts = (await dns.AskAsync(domain, DnsType.Mx, cancellation)).Values;
        if (hosts.Count == 0 || hosts is [""]) return new Finding("return-path", domain, Verdict.Fault, "no MX record: bounces cannot come back", $"publish an MX record at {domain} that leads to your mail server");
        foreach (var host in hosts)
        {
            if ((await dns.AskAsync(host, DnsType.A, cancellation)).Values.Count + (await dns.AskAsync(host, DnsType.Aaaa, cancellation)).Values.Count > 0)
                return new Finding("return-path", domain, Verdict.Ok, $"bounces go to {string.Join(", ", hosts)}");
        }

        return new Finding("return-path", domain, Verdict.Fault, $"the MX {string.Join(", ", hosts)} has no address", "give it an A record");
    }

    private async Task<IReadOnlyList<Finding>> PtrAsync(string relay, IReadOnlyList<IPAddress> addresses, CancellationToken cancellation)
    {
        var outside = addresses.Where(IsPublic).ToList();
        if (outside.Count == 0) return [new Finding("ptr", relay, Verdict.Skipped, "the relay has no public address here; the address it sends from has to have one name and back")];
        var findings = new List<Finding>();
        foreach (var address in outside)
        {
            findings.Add(await TryAsync("ptr", address.ToString(), async () =>
            {
                var names = (await dns.AskAsync(DnsMessage.Reverse(address), DnsType.Ptr, cancellation)).Values;
                if (names.Count == 0) return new Finding("ptr", address.ToString(), Verdict.Fault, "the address has no name", $"have its owner set a PTR record to {relay}");
                foreach (var name in names)
                {
                    if ((await AddressesAsync(name, cancellation)).Contains(address)) return new Finding("ptr", address.ToString(), Verdict.Ok, $"{name} and back");
                }

                return new Finding("ptr", address.ToString(), Verdict.Fault, $"{string.Join(", ", names)} does not lead back to {address}", "give that name an A or AAAA record of this address");
            }));
        }

        return findings;
    }

    /// <summary>Relaxed alignment (RFC 7489 section 3.1), by the last two labels: enough to find what is plainly wrong.</summary>
    private static bool IsAligned(string one, string other) => string.Equals(LastTwo(one), LastTwo(other), StringComparison.OrdinalIgnoreCase);

    private static string LastTwo(string domain) => string.Join('.', domain.Split('.')[^Math.Min(2, domain.Split('.').Length)..]);

    private static string Tag(string record, string name) =>
        record.Split(';').Select(tag => tag.Trim()).FirstOrDefault(tag => tag.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..].Replace(" ", "", StringComparison.Ordinal) ?? "";

    private static bool IsPublic(IPAddress address) => !IPAddress.IsLoopback(address) && (address.GetAddressBytes() is not { Length: 4 } octets
        ? !address.IsIPv6LinkLocal && !address.IsIPv6UniqueLocal
        : octets[0] != 10 && octets[0] != 127 && !(octets[0] == 172 && octets[1] is >= 16 and < 32) && !(octets[0] == 192 && octets[1] == 168) && !(octets[0] == 169 && octets[1] == 254));
}
