using System.Collections.Concurrent;
using System.Formats.Asn1;
using System.Security.Cryptography;
using ClosedLoop.Mail.Mime;

namespace ClosedLoop.Mail.Dkim;

/// <summary>A private key and the name under which its public half stands in the DNS. Safe for concurrent use.</summary>
public sealed class DkimKey : IDisposable
{
    /// <summary>RFC 8301 section 3.2: shorter keys must not sign; 2048 bits are what it advises.</summary>
    private const int LeastRsaBits = 1024;

    /// <summary>RFC 8301 section 3.2: verifiers must manage up to 4096 bits, no more.</summary>
    private const int MostRsaBits = 4096;

    private readonly Ed25519PrivateKey? _ed25519;
    private readonly RSAParameters _rsa;

    /// <summary>The framework does not promise that one RSA object may sign on two threads.</summary>
    private readonly ConcurrentBag<RSA> _idle = [];

    private DkimKey(string domain, string selector, Ed25519PrivateKey key)
    {
        (Domain, Selector, Algorithm, SignatureSize) = (domain, selector, DkimAlgorithm.Ed25519Sha256, Ed25519PrivateKey.SignatureSize);
        _ed25519 = key;
        DnsRecord = $"v=DKIM1; k=ed25519; p={Convert.ToBase64String(key.PublicKey)}";
    }

    private DkimKey(string domain, string selector, RSA key)
    {
        (Domain, Selector, Algorithm, SignatureSize) = (domain, selector, DkimAlgorithm.RsaSha256, key.KeySize / 8);
        _rsa = key.ExportParameters(includePrivateParameters: true);
        _idle.Add(key);
        DnsRecord = $"v=DKIM1; k=rsa; p={Convert.ToBase64String(key.ExportSubjectPublicKeyInfo())}";
    }

    /// <summary>The signing domain (tag <c>d=</c>), in A-labels.</summary>
    public string Domain { get; }

    /// <summary>Tag <c>s=</c>.</summary>
    public string Selector { get; }

    public DkimAlgorithm Algorithm { get; }

    /// <summary>Where <see cref="DnsRecord"/> belongs.</summary>
    public string DnsName => $"{Selector}._domainkey.{Domain}";

    /// <summary>The TXT record of RFC 6376 section 3.6.1 that goes with this key.</summary>
    public string DnsRecord { get; }

    /// <summary>Octets of a signature.</summary>
    internal int SignatureSize { get; }

    /// <summary>Reads a private key in PEM: PKCS #8 for both algorithms, PKCS #1 for RSA; not encrypted.</summary>
    /// <param name="domain">Signing domain; national letters become A-labels.</param>
    /// <param name="selector">One or more labels of letters, digits and hyphens (RFC 6376 section 3.1).</param>
    /// <param name="pem">The text of the key file.</param>
    /// <exception cref="MailFormatException">With code <see cref="MailErrors.DkimKey"/>: name or key is not fit for use.</exception>
    public static DkimKey FromPem(string domain, string selector, string pem)
    {
        ArgumentNullException.ThrowIfNull(pem);
        var owner = HostOf(domain, "the domain");
        var name = HostOf(selector, "the selector");
        try
        {
            if (PemEncoding.TryFind(pem, out var fields) && pem.AsSpan(fields.Label) is "PRIVATE KEY"
                && Ed25519PrivateKey.TryReadPkcs8(Convert.FromBase64String(pem[fields.Base64Data])) is { } ed25519)
                return new DkimKey(owner, name, ed25519);
            var rsa = RSA.Create();
            rsa.ImportFromPem(pem);
            return rsa.KeySize is >= LeastRsaBits and <= MostRsaBits
                ? new DkimKey(owner, name, rsa)
                : throw new MailFormatException(MailErrors.DkimKey, $"the RSA key for {domain} has {rsa.KeySize} bits; expected {LeastRsaBits} to {MostRsaBits}, best 2048 (RFC 8301)");
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or AsnContentException)
        {
            throw new MailFormatException(MailErrors.DkimKey, $"the key for {domain} cannot be read ({e.Message}); expected an unencrypted private key in PEM, RSA or Ed25519");
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var rsa))
            rsa.Dispose();
    }

    /// <summary>Signs the hash of the header; RFC 8463 section 3 signs the same 32 octets, not what they are the hash of.</summary>
    internal void Sign(ReadOnlySpan<byte> sha256, Span<byte> signature)
    {
        if (_ed25519 is not null)
        {
            _ed25519.Sign(sha256, signature);
            return;
        }

        if (!_idle.TryTake(out var rsa))
            rsa = RSA.Create(_rsa);
        rsa.SignHash(sha256, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        _idle.Add(rsa);
    }

    private static string HostOf(string host, string what) =>
        AddressSyntax.TryNormalize("x@" + host, AddressRules.None, out var wire, out _)
            ? wire[2..]
            : throw new MailFormatException(MailErrors.DkimKey, $"{what} of a DKIM key is '{(host?.AsSpan().ContainsAnyExceptInRange(' ', '~') == false ? host : "")}'; expected labels of letters, digits and hyphens");
}
