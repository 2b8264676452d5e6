using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ClosedLoop.Delivery.Channels.Http;
using ClosedLoop.Model;

namespace ClosedLoop.Delivery.Channels.Push;

/// <summary>The access token of a service account (RFC 7523 section 2.1), fetched once for all who wait and kept until shortly before it ends.</summary>
internal sealed class FcmTokens(string file, ProviderClient http, TimeProvider time) : IDisposable
{
    private const string Scope = "https://www.googleapis.com/auth/firebase.messaging";
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _one = new(1);
    private volatile FcmToken? _token;

    /// <summary>A token good for some minutes at least, or why there is none.</summary>
    public async Task<(FcmToken? Token, ChannelResult? Refusal)> GetAsync()
    {
        if (_token is { } kept && kept.Until - Ahead > time.GetUtcNow()) return (kept, null);
        await _one.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_token is { } fresh && fresh.Until - Ahead > time.GetUtcNow()) return (fresh, null);
            return await FetchAsync().ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>The provider does not take a token any more.</summary>
    public void Drop(FcmToken token) => Interlocked.CompareExchange(ref _token, null, token);

    public void Dispose() => _one.Dispose();

    private async Task<(FcmToken? Token, ChannelResult? Refusal)> FetchAsync()
    {
        ServiceAccount account;
        try
        {
            account = ServiceAccount.Read(file);
        }
        catch (InvalidDataException e)
        {
            return (null, new ChannelResult(ChannelAction.GiveUp, e.Message) { Scope = ChannelScope.Provider });
        }

        var now = time.GetUtcNow();
        using var request = new HttpRequestMessage(HttpMethod.Post, account.TokenUri);
        request.Content = new BegunContent(Encoding.ASCII.GetBytes($"grant_type={Uri.EscapeDataString("urn:ietf:params:oauth:grant-type:jwt-bearer")}&assertion={Assertion(account, now)}"));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        var answer = await http.SendAsync(request).ConfigureAwait(false);

        // Asking for a token twice does no harm, so a lost answer is no doubt here.
        if (answer.Failure is { } failure) return (null, ChannelResult.Throttled($"no access token: {failure}"));
        var token = JsonPath.Find(answer.Body, "access_token");
        if (answer.Status != 200 || token is null)
        {
            var said = ProviderText.Clean(string.Create(CultureInfo.InvariantCulture, $"no access token: HTTP {answer.Status} {JsonPath.Find(answer.Body, "error")} {JsonPath.Find(answer.Body, "error_description")}"), account.Email);
            return (null, answer.Status is >= 400 and < 500 and not 429
                ? new ChannelResult(ChannelAction.GiveUp, said) { Scope = ChannelScope.Provider, Code = answer.Status }
                : ChannelResult.Throttled(said, answer.RetryAfter, answer.Status));
        }

        var seconds = double.TryParse(JsonPath.Find(answer.Body, "expires_in"), NumberStyles.Float, CultureInfo.InvariantCulture, out var found) ? Math.Clamp(found, 60, 86_400) : 3600;
        var made = new FcmToken(token, account.ProjectId, now + TimeSpan.FromSeconds(seconds));
        _token = made;
        return (made, null);
    }

    private static string Assertion(ServiceAccount account, DateTimeOffset now)
    {
        using var key = RSA.Create();
        key.ImportFromPem(account.PrivateKey);
        var header = JsonSerializer.Serialize(new { alg = "RS256", typ = "JWT", kid = account.KeyId });
        var issued = now.ToUnixTimeSeconds();
        return Jwt.Sign(header, JsonSerializer.Serialize(new { iss = account.Email, scope = Scope, aud = account.TokenUri, iat = issued, exp = issued + 3600 }), key);
    }
}
