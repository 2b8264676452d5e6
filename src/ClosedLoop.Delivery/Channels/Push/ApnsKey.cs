using System.Security.Cryptography;
using System.Text.Json;
using ClosedLoop.Model.Clients;

namespace ClosedLoop.Delivery.Channels.Push;

/// <summary>
/// The provider token of APNs: signed with ES256, kept for 40 minutes. Apple refuses tokens older than an hour, and those renewed more often than every 20 minutes.
/// </summary>
internal sealed class ApnsKey(ApnsSettings settings, TimeProvider time)
{
    private static readonly TimeSpan Renewal = TimeSpan.FromMinutes(40);
    private static readonly TimeSpan Soonest = TimeSpan.FromMinutes(20);

    private readonly Lock _gate = new();
    private string? _token;
    private DateTimeOffset _made;

    /// <summary>The token in use.</summary>
    /// <exception cref="InvalidDataException">The key cannot be read.</exception>
    public string Get()
    {
        lock (_gate)
        {
            if (_token is { } kept && time.GetUtcNow() - _made < Renewal) return kept;
            return Make();
        }
    }

    /// <summary>Apple calls a token expired, as happens when this machine's clock is wrong or was set: a new one, unless the one at hand is newer or too young.</summary>
    /// <returns>Whether there is another one now.</returns>
    public bool Renew(string expired)
    {
        lock (_gate)
        {
            if (_token != expired) return true;
            if (time.GetUtcNow() - _made < Soonest) return false;
            Make();
            return true;
        }
    }

    private string Make()
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(File.ReadAllText(settings.KeyFile));
            if (key.KeySize != 256) throw new InvalidDataException($"CL4208 the APNs key '{settings.KeyFile}' is of {key.KeySize} bits; expected P-256");
            var now = time.GetUtcNow();
            _token = Jwt.Sign(
                JsonSerializer.Serialize(new { alg = "ES256", kid = settings.KeyId }), JsonSerializer.Serialize(new { iss = settings.TeamId, iat = now.ToUnixTimeSeconds() }), key);
            _made = now;
            return _token;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            throw new InvalidDataException($"CL4208 the APNs key '{settings.KeyFile}' cannot be read: {e.GetType().Name}", e);
        }
    }
}
