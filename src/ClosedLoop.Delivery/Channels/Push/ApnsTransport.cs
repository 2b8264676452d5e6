using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using ClosedLoop.Delivery.Channels.Http;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Delivery.Channels.Push;

/// <summary>Push over Apple's service: HTTP/2, one stream for each notification, trust by token.</summary>
internal sealed class ApnsTransport : IChannelTransport
{
    private const int LongestCollapseId = 64;

    private readonly ApnsSettings _settings;
    private readonly TimeProvider _time;
    private readonly ApnsKey _key;
    private readonly Lazy<ProviderClient> _http;

    public ApnsTransport(PushSettings push, TimeProvider time)
    {
        _settings = push.Apns!;
        _time = time;
        _key = new ApnsKey(_settings, time);
        _http = new Lazy<ProviderClient>(() => new ProviderClient(TimeSpan.FromSeconds(push.TimeoutSeconds), time, Authorities.Read(_settings.CertificateFile)), LazyThreadSafetyMode.PublicationOnly);
    }

    public string Provider => ChannelTransports.Apns;

    public Task<ChannelResult?> ReadyAsync(CancellationToken cancellation)
    {
        try
        {
            _ = _key.Get();
            _ = _http.Value;
            return Task.FromResult<ChannelResult?>(null);
        }
        catch (InvalidDataException e)
        {
            return Task.FromResult<ChannelResult?>(new ChannelResult(ChannelAction.GiveUp, e.Message) { Scope = ChannelScope.Provider });
        }
    }

    public string? Fault(ChannelMessage message)
    {
        var push = message.Push!;
        if (push.Apns is null && push.Title is null && push.Body is null && push.Data.Count == 0) return "CL4203 the notification has nothing for APNs";
        if (push.CollapseKey is { } key && Encoding.UTF8.GetByteCount(key) > LongestCollapseId) return $"CL4203 the collapse key is longer than {LongestCollapseId} bytes";
        var bytes = ApnsPayload.Write(push).Length;
        return bytes <= ApnsPayload.MaxBytes ? null : string.Create(CultureInfo.InvariantCulture, $"CL4203 the notification has {bytes} bytes; APNs takes at most {ApnsPayload.MaxBytes}");
    }

    public async Task<ChannelResult> SendAsync(ChannelMessage message)
    {
        var token = _key.Get();
        var result = await SendAsync(message, token).ConfigureAwait(false);

        // Refused for the token's age alone, so nothing was taken, and a new token is answer enough.
        return result is { Action: ChannelAction.GiveUp, Text: var said } && said.Contains("ExpiredProviderToken", StringComparison.Ordinal) && _key.Renew(token)
            ? await SendAsync(message, _key.Get()).ConfigureAwait(false)
            : result;
    }

    public ValueTask DisposeAsync()
    {
        if (_http.IsValueCreated) _http.Value.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The id of a notification: the same whenever the message is sent again.</summary>
    internal static Guid IdOf(string messageId)
    {
        // RFC 9562 section 5.8: version 8, whatever the maker likes below it.
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes("closedloop/" + messageId))[..16];
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true);
    }

    private async Task<ChannelResult> SendAsync(ChannelMessage message, string token)
    {
        var push = message.Push!;
        var payload = ApnsPayload.Write(push);
        var type = ApnsPayload.TypeOf(payload);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{_settings.BaseUrl}/3/device/{PushAddress.TryParse(message.Address)!.Value.Token}");
        request.Version = HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        request.Headers.Authorization = new AuthenticationHeaderValue("bearer", token);
        request.Headers.TryAddWithoutValidation("apns-topic", _settings.Topic);
        request.Headers.TryAddWithoutValidation("apns-push-type", type);
        request.Headers.TryAddWithoutValidation("apns-priority", type == "background" ? "5" : "10");
        request.Headers.TryAddWithoutValidation("apns-id", IdOf(message.Id).ToString());
        if (push.CollapseKey is { } key) request.Headers.TryAddWithoutValidation("apns-collapse-id", GatewayHeader(key));
        if (push.TimeToLive is { } life) request.Headers.TryAddWithoutValidation("apns-expiration", life == TimeSpan.Zero ? "0" : (_time.GetUtcNow() + life).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Content = new BegunContent(payload);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return Read(await _http.Value.SendAsync(request, "apns-id").ConfigureAwait(false), message.Address);
    }

    private static string GatewayHeader(string value) => string.Concat(value.Where(c => c is >= ' ' and <= '~'));

    private static ChannelResult Read(ProviderAnswer answer, string address)
    {
        if (answer.Missing is { } missing) return missing;
        if (answer.Status == 200) return ChannelResult.Accepted(answer.Id is { } id ? [id] : []) with { Code = 200 };
        var reason = JsonPath.Find(answer.Body, "reason") ?? "";
        var said = ProviderText.Clean(string.Create(CultureInfo.InvariantCulture, $"HTTP {answer.Status} {reason}"), address);
        return (answer.Status, reason) switch
        {
            (_, "BadDeviceToken" or "Unregistered" or "ExpiredToken") or (410, _) => ChannelResult.Dead(said, answer.Status),

            // One device too often; others may be sent to.
            (_, "TooManyRequests") => ChannelResult.Later(said, answer.RetryAfter, answer.Status),
            (429, _) => ChannelResult.Throttled(said, answer.RetryAfter, answer.Status),
            (500 or 503, _) => ChannelResult.Throttled(said, answer.RetryAfter, answer.Status),

            // The settings are wrong, for everybody.
            (403 or 404 or 405, _) or (_, "BadTopic" or "MissingTopic" or "TopicDisallowed" or "BadPath" or "MethodNotAllowed") =>
                new ChannelResult(ChannelAction.GiveUp, said) { Scope = ChannelScope.Provider, Code = answer.Status },
            ( >= 500, _) => ChannelResult.InDoubt(said),
            _ => ChannelResult.Refused(said, answer.Status),
        };
    }
}
