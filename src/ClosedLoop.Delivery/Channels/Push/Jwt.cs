using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ClosedLoop.Delivery.Channels.Push;

/// <summary>Signed tokens in the compact form (RFC 7515 section 7.1).</summary>
internal static class Jwt
{
    /// <param name="header">JSON.</param>
    /// <param name="claims">JSON.</param>
    /// <param name="key">For ES256 (RFC 7518 section 3.4: the signature is r and s side by side).</param>
    public static string Sign(string header, string claims, ECDsa key)
    {
        var input = Input(header, claims);
        return $"{input}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation))}";
    }

    /// <param name="header">JSON.</param>
    /// <param name="claims">JSON.</param>
    /// <param name="key">For RS256 (section 3.3).</param>
    public static string Sign(string header, string claims, RSA key)
    {
        var input = Input(header, claims);
        return $"{input}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Input(string header, string claims) =>
        $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}";
}
