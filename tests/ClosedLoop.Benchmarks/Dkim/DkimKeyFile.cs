using System.Security.Cryptography;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Benchmarks.Dkim;

/// <summary>Generated keys in files, as an operator has them.</summary>
internal static class DkimKeyFile
{
    /// <summary>PKCS #8 of an Ed25519 key up to its 32 octets (RFC 8410 section 7).</summary>
    private const string Ed25519Prefix = "302e020100300506032b657004220420";

    /// <summary>Settings for the benchmark's sender; none when <paramref name="kind"/> is null.</summary>
    public static IReadOnlyList<DkimKeySettings> Write(string folder, string? kind)
    {
        var keys = new List<DkimKeySettings>();
        if (kind is "rsa" or "both")
        {
            using var rsa = RSA.Create(2048);
            keys.Add(Keep(folder, "rsa", rsa.ExportPkcs8PrivateKeyPem()));
        }

        if (kind is "ed25519" or "both") keys.Add(Keep(folder, "ed", Ed25519Pem()));
        return keys;
    }

    public static string Ed25519Pem() =>
        PemEncoding.WriteString("PRIVATE KEY", [.. Convert.FromHexString(Ed25519Prefix), .. RandomNumberGenerator.GetBytes(32)]);

    private static DkimKeySettings Keep(string folder, string selector, string pem)
    {
        var path = Path.Combine(folder, selector + ".pem");
        File.WriteAllText(path, pem);
        return new DkimKeySettings { Domain = "news.example.org", Selector = selector, KeyFile = path };
    }
}
