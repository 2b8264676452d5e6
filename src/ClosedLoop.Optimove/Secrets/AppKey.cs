using System.Security.Cryptography;
using System.Text;

namespace ClosedLoop.Optimove.Secrets;

/// <summary>The key in a listener's address: it is the whole credential, because Optimove signs nothing (optimove spec section 12).</summary>
public static class AppKey
{
    /// <summary>192 random bits, in letters and digits that every address may hold.</summary>
    public static string Create() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));

    /// <summary>What is stored and compared in place of the key.</summary>
    public static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>What stands for the key where people read it.</summary>
    public static string Mark(string key) => "***" + HashOf(key)[..8];
}
