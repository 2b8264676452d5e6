using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ClosedLoop.Model;

namespace ClosedLoop.Silo.Proofs;

/// <summary>How values stand in a proof.</summary>
internal static class ProofText
{
    public const string Schema = "closedloop.proof/v1";

    /// <summary>Names of the ledger's states, in the order of their numbers.</summary>
    public static readonly IReadOnlyList<string> States = ["waiting", "sending", "sent", "failed", "suppressed", "unknown", "cancelled"];

    /// <summary>What the chain begins with.</summary>
    public static byte[] Genesis => new byte[SHA256.HashSizeInBytes];

    public static string? Time(long? microseconds) =>
        microseconds is { } at ? Instants.FromMicroseconds(at).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture) : null;

    /// <summary>Hash of an address: SHA-256 over salt and the address in lower case. Whoever has the address finds it; nobody reads it out.</summary>
    public static string HashOf(byte[] salt, string address) =>
        Convert.ToHexStringLower(SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(address.ToLowerInvariant())]));

    /// <summary>What a relay said, without the addresses in it.</summary>
    public static string? Masked(string? reason) => reason is null || !reason.Contains('@', StringComparison.Ordinal)
        ? reason
        : string.Join(' ', reason.Split(' ').Select(word => word.Contains('@', StringComparison.Ordinal) ? "(address)" : word));

    /// <summary>Link of the chain: SHA-256 over the hash before and the canonical entry without its own hash.</summary>
    public static byte[] Link(ReadOnlySpan<byte> before, ReadOnlySpan<byte> entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(before);
        hash.AppendData(entry);
        return hash.GetHashAndReset();
    }
}
