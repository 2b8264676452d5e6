using System.Security.Cryptography;

namespace ClosedLoop.Model.Tokens;

/// <summary>One secret that signs tokens, with the number that tokens name it by.</summary>
public sealed class SigningKey
{
    /// <summary>Bytes of a secret: 256 bits, the output size of SHA-256 (RFC 2104 section 3).</summary>
    public const int SecretLength = 32;

    // One hash object per thread with the key schedule done: about a third of the cost of a one-shot HMAC, and a message with
    // thirty links is signed thirty times.
    [ThreadStatic]
    private static (SigningKey Owner, IncrementalHash Hash) _prepared;

    private readonly byte[] _secret;

    /// <summary>A key that is already known.</summary>
    /// <param name="id">Number carried by every token this key signed.</param>
    /// <param name="secret">Exactly <see cref="SecretLength"/> random bytes.</param>
    /// <exception cref="ArgumentException">The secret has another length.</exception>
    public SigningKey(byte id, ReadOnlySpan<byte> secret)
    {
        if (secret.Length != SecretLength)
            throw new ArgumentException($"Signing key {id} has {secret.Length} bytes; expected exactly {SecretLength} random bytes.", nameof(secret));
        Id = id;
        _secret = secret.ToArray();
    }

    /// <summary>Number carried by every token this key signed.</summary>
    public byte Id { get; }

    /// <summary>A key from the system's random source.</summary>
    public static SigningKey Create(byte id) => new(id, RandomNumberGenerator.GetBytes(SecretLength));

    /// <summary>The secret, for whoever stores it.</summary>
    public byte[] ExportSecret() => [.. _secret];

    internal void Sign(ReadOnlySpan<byte> message, Span<byte> mac)
    {
        if (_prepared.Owner != this)
        {
            _prepared.Hash?.Dispose();
            _prepared = (this, IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _secret));
        }
        _prepared.Hash.AppendData(message);
        _prepared.Hash.GetHashAndReset(mac);
    }
}
