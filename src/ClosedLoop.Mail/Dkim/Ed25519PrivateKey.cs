using System.Formats.Asn1;
using System.Security.Cryptography;

namespace ClosedLoop.Mail.Dkim;

/// <summary>Signs with Ed25519 (RFC 8032 section 5.1), which the framework does not have. Safe for concurrent use.</summary>
internal sealed class Ed25519PrivateKey
{
    public const int SeedSize = 32;
    public const int SignatureSize = 64;

    private readonly byte[] _scalar;
    private readonly byte[] _prefix;
    private readonly byte[] _public = new byte[32];

    /// <summary>Section 5.1.5.</summary>
    public Ed25519PrivateKey(ReadOnlySpan<byte> seed)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(seed.Length, SeedSize);
        var hash = SHA512.HashData(seed);
        hash[0] &= 0xF8;
        hash[31] &= 0x7F;
        hash[31] |= 0x40;
        _scalar = hash[..32];
        _prefix = hash[32..];
        CryptographicOperations.ZeroMemory(hash);
        Point25519.BaseTimes(_scalar).Write(_public);
    }

    public ReadOnlySpan<byte> PublicKey => _public;

    /// <summary>Reads a PKCS #8 key (RFC 8410 section 7); null when it is for another algorithm.</summary>
    /// <exception cref="AsnContentException">It is no PKCS #8 structure.</exception>
    public static Ed25519PrivateKey? TryReadPkcs8(ReadOnlyMemory<byte> der)
    {
        var key = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        key.ReadInteger();
        if (key.ReadSequence().ReadObjectIdentifier() != "1.3.101.112")
            return null;
        var seed = new AsnReader(key.ReadOctetString(), AsnEncodingRules.DER).ReadOctetString();
        return seed.Length == SeedSize ? new Ed25519PrivateKey(seed) : null;
    }

    /// <summary>Section 5.1.6.</summary>
    public void Sign(ReadOnlySpan<byte> message, Span<byte> signature)
    {
        Span<byte> wide = stackalloc byte[64];
        Span<byte> nonce = stackalloc byte[32];
        Span<byte> challenge = stackalloc byte[32];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        hash.AppendData(_prefix);
        hash.AppendData(message);
        hash.GetHashAndReset(wide);
        Scalar25519.Reduce(wide, nonce);
        Point25519.BaseTimes(nonce).Write(signature);
        hash.AppendData(signature[..32]);
        hash.AppendData(_public);
        hash.AppendData(message);
        hash.GetHashAndReset(wide);
        Scalar25519.Reduce(wide, challenge);
        Scalar25519.MultiplyAdd(challenge, _scalar, nonce, signature[32..]);
        CryptographicOperations.ZeroMemory(nonce);
    }
}
