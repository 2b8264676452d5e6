using System.Security.Cryptography;
using System.Text;
using ClosedLoop.Data.Suppression;

namespace ClosedLoop.Data.Privacy;

/// <summary>
/// The secret under which erased addresses are remembered (HMAC-SHA-256, RFC 2104). A plain hash of an address can be found by trying addresses; this one only by who holds the key.
/// </summary>
public sealed class ErasureKey
{
    /// <summary>Octets of a key.</summary>
    public const int Size = 32;

    private readonly byte[] _secret;

    /// <param name="secret">32 random octets.</param>
    /// <exception cref="ArgumentException">The secret has another length.</exception>
    public ErasureKey(byte[] secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (secret.Length != Size) throw new ArgumentException($"CL9604: an erasure key has {secret.Length} octets; expected {Size}.", nameof(secret));
        _secret = secret;
        Id = Convert.ToHexStringLower(HMACSHA256.HashData(secret, "closedloop erasure key"u8).AsSpan(0, 8));
    }

    /// <summary>Tells keys apart without giving them away.</summary>
    public string Id { get; }

    /// <summary>Hash of an address for one client: lists of two clients cannot be laid side by side.</summary>
    public string HashOf(long clientId, string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return Convert.ToHexStringLower(HashOf(clientId, Encoding.UTF8.GetBytes(AddressCase.Fold(address))));
    }

    /// <param name="clientId">The client.</param>
    /// <param name="folded">UTF-8, letters A to Z in lower case.</param>
    internal byte[] HashOf(long clientId, ReadOnlySpan<byte> folded)
    {
        Span<byte> message = stackalloc byte[sizeof(long) + 512];
        if (folded.Length > 512) throw new ArgumentException("an address has at most 512 octets", nameof(folded));
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(message, clientId);
        folded.CopyTo(message[sizeof(long)..]);
        return HMACSHA256.HashData(_secret, message[..(sizeof(long) + folded.Length)]);
    }
}
