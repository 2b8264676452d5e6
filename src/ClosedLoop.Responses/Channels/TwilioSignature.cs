using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace ClosedLoop.Responses.Channels;

/// <summary>The signature of a webhook: HMAC-SHA1 with the auth token over the address, followed by the form's names and values in order of the names; Base64.</summary>
public static class TwilioSignature
{
    /// <summary>The signature of a form that is posted to an address.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "The signature is the provider's; as a MAC, SHA-1 is not broken.")]
    public static string Of(string url, IEnumerable<KeyValuePair<string, string>> form, string authToken)
    {
        ArgumentNullException.ThrowIfNull(form);
        var signed = new StringBuilder(url);
        foreach (var (name, value) in form.OrderBy(field => field.Key, StringComparer.Ordinal).ThenBy(field => field.Value, StringComparer.Ordinal)) signed.Append(name).Append(value);
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(authToken), Encoding.UTF8.GetBytes(signed.ToString())));
    }

    /// <summary>Whether a signature is right; takes the same time whatever was sent.</summary>
    public static bool IsRight(string? signature, string url, IEnumerable<KeyValuePair<string, string>> form, string authToken) =>
        signature is { Length: < 100 } && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(signature), Encoding.ASCII.GetBytes(Of(url, form, authToken)));
}
