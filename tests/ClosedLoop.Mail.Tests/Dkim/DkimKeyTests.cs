using System.Security.Cryptography;
using ClosedLoop.Mail.Dkim;

namespace ClosedLoop.Mail.Tests.Dkim;

public sealed class DkimKeyTests
{
    /// <summary>RFC 8410 section 10.3.</summary>
    private const string Ed25519Pem = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n";

    [Fact]
    public void Ed25519_key_of_rfc_8410_is_read()
    {
        using var key = DkimKey.FromPem("bücher.example", "s1.mail", Ed25519Pem);

        Assert.Equal((DkimAlgorithm.Ed25519Sha256, "s1.mail._domainkey.xn--bcher-kva.example"), (key.Algorithm, key.DnsName));

        // The public half is given in section 10.1.
        Assert.Equal("v=DKIM1; k=ed25519; p=Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=", key.DnsRecord);
    }

    [Fact]
    public void Rsa_key_is_read_in_both_forms()
    {
        using var rsa = RSA.Create(1024);
        using var first = DkimKey.FromPem("example.org", "a", rsa.ExportPkcs8PrivateKeyPem());
        using var second = DkimKey.FromPem("example.org", "a", rsa.ExportRSAPrivateKeyPem());

        Assert.Equal(DkimAlgorithm.RsaSha256, first.Algorithm);
        Assert.Equal(first.DnsRecord, second.DnsRecord);
    }

    [Theory]
    [InlineData("", "s")]
    [InlineData("example.org", "")]
    [InlineData("example.org", "a b")]
    [InlineData("example.org; x=1", "s")]
    [InlineData("example.org\r\n", "s")]
    public void Names_that_would_break_the_field_are_refused(string domain, string selector) =>
        Assert.Equal(MailErrors.DkimKey, Assert.Throws<MailFormatException>(() => DkimKey.FromPem(domain, selector, Ed25519Pem)).Code);

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public void What_is_no_private_key_is_refused(string pem) =>
        Assert.Equal(MailErrors.DkimKey, Assert.Throws<MailFormatException>(() => DkimKey.FromPem("example.org", "s", pem)).Code);

    [Fact]
    public void Short_rsa_key_is_refused()
    {
        using var rsa = RSA.Create(512);

        Assert.Contains("512 bits", Assert.Throws<MailFormatException>(() => DkimKey.FromPem("example.org", "s", rsa.ExportPkcs8PrivateKeyPem())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Key_of_another_curve_is_refused()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Assert.Throws<MailFormatException>(() => DkimKey.FromPem("example.org", "s", ecdsa.ExportPkcs8PrivateKeyPem()));
    }
}
