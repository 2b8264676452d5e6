using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using ClosedLoop.Delivery.Channels.Http;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Delivery.Channels.Push;

/// <summary>Push over Firebase Cloud Messaging, HTTP v1.</summary>
internal sealed class FcmTransport : IChannelTransport
{
    /// <summary>What FCM asks for where it names no time itself: a minute after a quota, ten seconds at least after trouble.</summary>
    private static readonly TimeSpan QuotaPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan TroublePause = TimeSpan.FromSeconds(10);

    private readonly FcmSettings _settings;
    private readonly ProviderClient _http;
    private readonly FcmTokens _tokens;

    public FcmTransport(PushSettings push, TimeProvider time)
    {
        _settings = push.Fcm!;
        _http = new ProviderClient(TimeSpan.FromSeconds(push.TimeoutSeconds), time);
        _tokens = new FcmTokens(_settings.ServiceAccountFile, _http, time);
    }

    public string Provider => ChannelTransports.Fcm;

    public async Task<ChannelResult?> ReadyAsync(CancellationToken cancellation) => (await _tokens.GetAsync().ConfigureAwait(false)).Refusal;

    public string? Fault(ChannelMessage message)
    {
        var push = message.Push!;
        if (push.Fcm is null && push.Title is null && push.Body is null && push.Data.Count == 0) return "CL4203 the notification has nothing for FCM";

        // The limit is on the message without its token and frame; a little more is left to FCM to judge.
        var bytes = FcmPayload.Write("", push).Length;
        return bytes <= FcmPayload.MaxBytes ? null : string.Create(CultureInfo.InvariantCulture, $"CL4203 the notification has {bytes} bytes; FCM takes at most {FcmPayload.MaxBytes}");
    }

    public async Task<ChannelResult> SendAsync(ChannelMessage message)
    {
        var (token, refusal) = await _tokens.GetAsync().ConfigureAwait(false);
        if (token is null) return refusal!;
        var device = PushAddress.TryParse(message.Address)!.Value.Token;
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{_settings.BaseUrl}/v1/projects/{Uri.EscapeDataString(token.ProjectId)}/messages:send");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
        request.Content = new BegunContent(FcmPayload.Write(device, message.Push!));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return Read(await _http.SendAsync(request).ConfigureAwait(false), message.Address, token);
    }

    public ValueTask DisposeAsync()
    {
        _tokens.Dispose();
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private ChannelResult Read(ProviderAnswer answer, string address, FcmToken token)
    {
        if (answer.Missing is { } missing) return missing;
        if (answer.Status == 200)
        {
            return JsonPath.Find(answer.Body, "name") is { Length: > 0 and <= 300 } name ? ChannelResult.Accepted(name) with { Code = 200 } : ChannelResult.Accepted() with { Code = 200 };
        }

        var (code, isAboutToken) = ErrorOf(answer.Body);
        var said = ProviderText.Clean(string.Create(CultureInfo.InvariantCulture, $"HTTP {answer.Status} {code} {JsonPath.Find(answer.Body, "error.message")}"), address);
        switch (code)
        {
            case "UNREGISTERED":
                return ChannelResult.Dead(said, answer.Status);
            case "INVALID_ARGUMENT":
                return isAboutToken ? ChannelResult.Dead(said, answer.Status) : ChannelResult.Refused(said, answer.Status);
            case "SENDER_ID_MISMATCH" or "THIRD_PARTY_AUTH_ERROR":
                return ChannelResult.Refused(said, answer.Status);
            case "QUOTA_EXCEEDED" or "RESOURCE_EXHAUSTED":
                return ChannelResult.Throttled(said, answer.RetryAfter ?? QuotaPause, answer.Status);
            case "UNAVAILABLE":
                return ChannelResult.Throttled(said, answer.RetryAfter ?? TroublePause, answer.Status);
            case "INTERNAL":
                // FCM says of it: the request failed and may be made again.
                return ChannelResult.Later(said, answer.RetryAfter, answer.Status);
        }

        switch (answer.Status)
        {
            case 401:
                _tokens.Drop(token);
                return ChannelResult.Throttled(said, code: 401);
            case 429 or 503:
                return ChannelResult.Throttled(said, answer.RetryAfter ?? QuotaPause, answer.Status);
            case 403 or 404:
                return new ChannelResult(ChannelAction.GiveUp, said) { Scope = ChannelScope.Provider, Code = answer.Status };
            default:
                return answer.Status >= 500 ? ChannelResult.InDoubt(said) : ChannelResult.Refused(said, answer.Status);
        }
    }

    /// <summary>The code that FCM puts below the details, else the general status; and whether a violation names the token.</summary>
    private static (string Code, bool IsAboutToken) ErrorOf(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("error", out var error)) return ("", false);
            var code = JsonPath.Find(error, "status") ?? "";
            var isAboutToken = JsonPath.Find(error, "message")?.Contains("registration token", StringComparison.OrdinalIgnoreCase) == true;
            if (error.TryGetProperty("details", out var details) && details.ValueKind == JsonValueKind.Array)
            {
                foreach (var detail in details.EnumerateArray())
                {
                    if (JsonPath.Find(detail, "errorCode") is { } own) code = own;
                    if (!detail.TryGetProperty("fieldViolations", out var violations) || violations.ValueKind != JsonValueKind.Array) continue;
                    isAboutToken |= violations.EnumerateArray().Any(violation => JsonPath.Find(violation, "field") == "message.token");
                }
            }

            return (code, isAboutToken);
        }
        catch (JsonException)
        {
            return ("", false);
        }
    }
}
