using System.Security.Cryptography;
using System.Text.Json;

namespace ClosedLoop.Delivery.Channels.Push;

/// <summary>The JSON key of a Google service account, as far as it is needed.</summary>
internal sealed record ServiceAccount(string ProjectId, string Email, string PrivateKey, string KeyId, string TokenUri)
{
    /// <exception cref="InvalidDataException">The file cannot be read or is no key of a service account.</exception>
    public static ServiceAccount Read(string file)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            var account = new ServiceAccount(Text("project_id"), Text("client_email"), Text("private_key"), Text("private_key_id"), Text("token_uri"));
            if (!Uri.TryCreate(account.TokenUri, UriKind.Absolute, out var uri) || (uri.Scheme != "https" && !uri.IsLoopback)) throw new InvalidDataException($"CL4207 token_uri of '{file}' is no https address");
            using var key = RSA.Create();
            key.ImportFromPem(account.PrivateKey);
            return account;

            string Text(string name) => json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(name, out var value) && value.GetString() is { Length: > 0 } text
                ? text
                : throw new InvalidDataException($"CL4207 '{file}' has no {name}; expected the JSON key of a service account");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or ArgumentException or CryptographicException or InvalidOperationException)
        {
            throw new InvalidDataException($"CL4207 the service account's key '{file}' cannot be read: {e.GetType().Name}", e);
        }
    }
}
