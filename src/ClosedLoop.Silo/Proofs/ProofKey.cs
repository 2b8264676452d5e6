using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Proofs;

/// <summary>The key that signs proofs: ECDSA on P-256 with SHA-256, in <c>keys/proof.key</c>, made when it is first needed.</summary>
internal sealed class ProofKey : IDisposable
{
    public const string Algorithm = "ECDSA-P256-SHA256";
    public const int SignatureSize = 64;

    private static readonly BigInteger Order = new(Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"), isUnsigned: true, isBigEndian: true);

    /// <summary>SubjectPublicKeyInfo of a P-256 key up to its point (RFC 5480 section 2).</summary>
    private static readonly byte[] Header = Convert.FromHexString("3059301306072A8648CE3D020106082A8648CE3D030107034200");
    private readonly ECDsa _key;

    private ProofKey(ECDsa key) => _key = key;

    /// <summary>SubjectPublicKeyInfo, DER.</summary>
    public byte[] PublicKey => _key.ExportSubjectPublicKeyInfo();

    public string PublicPem => _key.ExportSubjectPublicKeyInfoPem();

    public static ProofKey LoadOrCreate(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "proof.key");
        PrivateFile.CreateOnce(path, static () =>
        {
            using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return Encoding.ASCII.GetBytes(made.ExportPkcs8PrivateKeyPem() + "\n");
        });

        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(path));
        return new ProofKey(key);
    }

    /// <summary>Signs a SHA-256; r and s of 32 bytes each.</summary>
    public byte[] Sign(ReadOnlySpan<byte> hash)
    {
        var signature = _key.SignHash(hash.ToArray());

        // Of s and n - s, which both verify, the lower one: a report has one signature that fits.
        var s = ValueOf(signature.AsSpan(32));
        if (s > Order / 2)
        {
            signature.AsSpan(32).Clear();
            var low = (Order - s).ToByteArray(isUnsigned: true, isBigEndian: true);
            low.CopyTo(signature.AsSpan(SignatureSize - low.Length));
        }

        return signature;
    }

    /// <summary>Whether a signature is this key's, in the one form that <see cref="Sign"/> gives.</summary>
    public static bool Verify(byte[] publicKey, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureSize || ValueOf(signature[32..]) > Order / 2) return false;

        // Another curve, or a key that says the same in another form, is not this algorithm; what is left to be wrong is the point.
        if (publicKey.Length != Header.Length + 65 || !publicKey.AsSpan().StartsWith(Header)) return false;
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(publicKey, out _);
            return key.VerifyHash(hash, signature);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>What people compare: the SHA-256 of the public key.</summary>
    public static string Fingerprint(byte[] publicKey) => Convert.ToHexStringLower(SHA256.HashData(publicKey));

    public void Dispose() => _key.Dispose();

    private static BigInteger ValueOf(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);
}
