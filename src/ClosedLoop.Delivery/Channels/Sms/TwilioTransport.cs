using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using ClosedLoop.Delivery.Channels.Http;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;

namespace ClosedLoop.Delivery.Channels.Sms;

/// <summary>SMS over the Twilio Messages API, version 2010-04-01, or another gateway that speaks it.</summary>
internal sealed class TwilioTransport(SmsSettings sms, TimeProvider time) : IChannelTransport
{
    private const int LongestText = 1600;

    private readonly TwilioSettings _settings = sms.Twilio!;
    private readonly ProviderClient _http = new(TimeSpan.FromSeconds(sms.TimeoutSeconds), time);

    public string Provider => "sms-twilio";

    public Task<ChannelResult?> ReadyAsync(CancellationToken cancellation) =>
        Task.FromResult(Secrets.Find(_settings.AuthTokenSetting) is null ? Secrets.Missing(_settings.AuthTokenSetting, "auth token of the SMS gateway") : null);

    public string? Fault(ChannelMessage message) => message.Text.Length > LongestText
        ? string.Create(CultureInfo.InvariantCulture, $"CL4203 the text has {message.Text.Length} characters; this gateway takes at most {LongestText}")
        : null;

    public async Task<ChannelResult> SendAsync(ChannelMessage message)
    {
        var fields = new List<KeyValuePair<string, string>> { new("To", message.Address), new("Body", message.Text) };
        if (_settings.MessagingServiceSid is { } service) fields.Add(new("MessagingServiceSid", service));
        if (message.From is { } from && (_settings.MessagingServiceSid is null || from != sms.From)) fields.Add(new("From", from));
        if (_settings.Receipts && message.ReceiptUrl is { } receipts) fields.Add(new("StatusCallback", receipts.AbsoluteUri));
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{_settings.BaseUrl}/2010-04-01/Accounts/{Uri.EscapeDataString(_settings.AccountSid)}/Messages.json");
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{_settings.AccountSid}:{Secrets.Find(_settings.AuthTokenSetting)}")));
        request.Content = new BegunContent(Encoding.UTF8.GetBytes(string.Join('&', fields.Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value)}"))));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        return Read(await _http.SendAsync(request).ConfigureAwait(false), message.Address);
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private static ChannelResult Read(ProviderAnswer answer, string address)
    {
        if (answer.Missing is { } missing) return missing;
        if (answer.Status is >= 200 and < 300)
        {
            return JsonPath.Find(answer.Body, "sid") is { Length: > 0 and <= 200 } sid
                ? ChannelResult.Accepted(sid) with { Code = answer.Status }
                : ChannelResult.InDoubt($"HTTP {answer.Status} without a message sid");
        }

        var code = JsonPath.Find(answer.Body, "code") ?? "";
        var said = ProviderText.Clean(string.Create(CultureInfo.InvariantCulture, $"HTTP {answer.Status} {code} {JsonPath.Find(answer.Body, "message")}"), address);
        return answer.Status switch
        {
            429 or 503 => ChannelResult.Throttled(said, answer.RetryAfter, answer.Status),
            401 or 403 or 404 => Misconfigured(said, answer.Status),
            >= 500 or 408 => ChannelResult.InDoubt(said),
            _ => code switch
            {
                // "To" is no number, no mobile, or not reachable at all.
                "21211" or "21214" or "21217" or "21614" => ChannelResult.Dead(said, answer.Status),

                // Somebody has answered STOP, and the provider knows it before us, or alone.
                "21610" => ChannelResult.Refused(said, answer.Status) with { IsOptedOut = true },

                // "From" or the account is wrong: true for everybody.
                "21212" or "21603" or "21606" or "21659" or "21660" or "21701" or "21703" => Misconfigured(said, answer.Status),
                "14107" or "20429" or "21611" => ChannelResult.Throttled(said, answer.RetryAfter, answer.Status),
                _ => ChannelResult.Refused(said, answer.Status),
            },
        };
    }

    private static ChannelResult Misconfigured(string said, int status) => new(ChannelAction.GiveUp, said) { Scope = ChannelScope.Provider, Code = status };
}
