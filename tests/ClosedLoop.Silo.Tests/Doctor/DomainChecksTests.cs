using ClosedLoop.Mail.Dkim;
using ClosedLoop.Model.Clients;
using ClosedLoop.Silo.Doctor;
using ClosedLoop.Silo.Doctor.Dns;

namespace ClosedLoop.Silo.Tests.Doctor;

public sealed class DomainChecksTests : IDisposable
{
    private static readonly ClientDefinition Client = new()
    {
        Id = 1,
        Key = "oak",
        Sender = new SenderSettings { Address = "letters@news.example.org", ReturnPathDomain = "bounce.example.org" },
        Relay = new RelaySettings { Host = "mail.example.org" },
    };

    private readonly NameServerDouble _server = new();
    private readonly DkimKey _key;

    public DomainChecksTests()
    {
        using var rsa = System.Security.Cryptography.RSA.Create(2048);
        _key = DkimKey.FromPem("example.org", "s1", rsa.ExportPkcs8PrivateKeyPem());
        _server.With("mail.example.org", DnsType.A, "198.51.100.10").With("10.100.51.198.in-addr.arpa", DnsType.Ptr, "mail.example.org")
            .With("bounce.example.org", DnsType.Txt, "v=spf1 include:relays.example.org -all").With("relays.example.org", DnsType.Txt, "v=spf1 ip4:198.51.100.0/24 -all")
            .With("bounce.example.org", DnsType.Mx, "mx.example.org").With("mx.example.org", DnsType.A, "198.51.100.20")
            .With("_dmarc.example.org", DnsType.Txt, "v=DMARC1; p=none; rua=mailto:dmarc@example.org").With(_key.DnsName, DnsType.Txt, _key.DnsRecord);
    }

    public void Dispose()
    {
        _key.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task Everything_in_its_place_is_in_order()
    {
        var findings = await RunAsync();
        Assert.Equal(["spf", "dkim", "dmarc", "return-path", "ptr"], findings.Select(finding => finding.Check));
        Assert.All(findings, finding => Assert.True(finding.Verdict == Verdict.Ok, $"{finding.Check}: {finding.Found}"));
    }

    [Theory]
    [InlineData("v=spf1 ip4:203.0.113.1 -all", "does not let 198.51.100.10 send")]
    [InlineData("v=spf1 a:mx.example.org ~all", "does not let 198.51.100.10 send (~)")]
    [InlineData("v=spf1 include:bounce.example.org", "more than 10 look-ups")]
    [InlineData("no record at all", "no SPF record")]
    public async Task A_relay_that_spf_does_not_let_send_is_found(string record, string said)
    {
        _server.With("bounce.example.org", DnsType.Txt, record);
        Assert.Contains(said, (await FaultAsync("spf")).Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v=spf1 a:mail.example.org -all")]
    [InlineData("v=spf1 mx/24 -all")]
    [InlineData("v=spf1 redirect=relays.example.org")]
    [InlineData("v=spf1 +all")]
    public async Task The_ways_of_spf_are_understood(string record)
    {
        _server.With("bounce.example.org", DnsType.Txt, record);
        Assert.Equal(Verdict.Ok, (await RunAsync()).Single(finding => finding.Check == "spf").Verdict);
    }

    [Fact]
    public async Task Two_spf_records_are_one_too_many()
    {
        _server.With("bounce.example.org", DnsType.Txt, "v=spf1 -all", "v=spf1 +all");
        Assert.Contains("2 SPF records", (await FaultAsync("spf")).Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_public_key_than_that_of_the_file_is_found()
    {
        _server.With(_key.DnsName, DnsType.Txt, "v=DKIM1; k=rsa; p=AAAA");
        Assert.Contains("another public key", (await FaultAsync("dkim")).Found, StringComparison.Ordinal);
        _server.With(_key.DnsName, DnsType.Txt);
        Assert.Contains(_key.DnsRecord, (await FaultAsync("dkim")).Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_key_the_relay_has_to_sign()
    {
        var findings = await new DomainChecks(_server.Client, new Dictionary<string, DkimSigner>()).RunAsync(Client, CancellationToken.None);
        Assert.Equal(Verdict.Warning, findings.Single(finding => finding.Check == "dkim").Verdict);
    }

    [Fact]
    public async Task A_missing_dmarc_record_mx_and_name_are_found()
    {
        _server.With("_dmarc.example.org", DnsType.Txt).With("bounce.example.org", DnsType.Mx).With("10.100.51.198.in-addr.arpa", DnsType.Ptr, "dialup.example.net");
        foreach (var check in new[] { "dmarc", "return-path", "ptr" }) Assert.NotNull((await FaultAsync(check)).Fix);
    }

    private async Task<Finding> FaultAsync(string check)
    {
        var finding = (await RunAsync()).Single(finding => finding.Check == check);
        Assert.Equal(Verdict.Fault, finding.Verdict);
        return finding;
    }

    private Task<IReadOnlyList<Finding>> RunAsync() =>
        new DomainChecks(_server.Client, new Dictionary<string, DkimSigner> { ["example.org"] = new DkimSigner([_key]) }).RunAsync(Client, CancellationToken.None);
}
