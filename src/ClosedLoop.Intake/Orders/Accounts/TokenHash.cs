using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace ClosedLoop.Intake.Orders.Accounts;

/// <summary>Tokens of orders are compared by hash, so that definitions hold no secret, and in constant time (xml-delivery spec section 5.4).</summary>
public static class TokenHash
{
    private const string Prefix = "sha256:";

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    public static string Of(string token) => Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    public static bool IsHash(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.StartsWith(Prefix, StringComparison.Ordinal) && text.Length == Prefix.Length + 64 && !text.AsSpan(Prefix.Length).ContainsAnyExcept(Digits);
    }

    /// <summary>Whether a token has this hash.</summary>
    public static bool Matches(string token, string hash)
    {
        ArgumentNullException.ThrowIfNull(hash);
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Of(token)), Encoding.ASCII.GetBytes(hash));
    }
}
