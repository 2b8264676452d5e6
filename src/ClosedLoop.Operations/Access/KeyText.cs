using System.Security.Cryptography;
using System.Text;

namespace ClosedLoop.Operations.Access;

/// <summary>The form of API keys: <c>clk_ID_SECRET</c>. The secret has 256 random bits, so that a plain hash of it is enough.</summary>
internal static class KeyText
{
    private const string Prefix = "clk_";

    /// <summary>A new key: what the caller gets to see once, and what is stored.</summary>
    public static (string Key, string Id, string Hash) Create()
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        return ($"{Prefix}{id}_{secret}", id, HashOf(secret));
    }

    public static (string Id, string Secret)? Read(string text)
    {
        if (!text.StartsWith(Prefix, StringComparison.Ordinal) || text.Length > 200) return null;
        var end = text.IndexOf('_', Prefix.Length);
        return end < 0 ? null : (text[Prefix.Length..end], text[(end + 1)..]);
    }

    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Compares in a time that does not tell where two texts differ.</summary>
    public static bool AreEqual(string one, string other) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));
}
