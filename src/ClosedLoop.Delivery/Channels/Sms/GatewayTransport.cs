using System.Net.Http.Headers;
using System.Text;
using ClosedLoop.Delivery.Channels.Http;
using ClosedLoop.Model.Clients;

namespace ClosedLoop.Delivery.Channels.Sms;

/// <summary>SMS over whatever HTTP gateway a client's settings describe.</summary>
internal sealed class GatewayTransport(SmsSettings sms, TimeProvider time) : IChannelTransport
{
    private readonly SmsGatewaySettings _settings = sms.Http!;
    private readonly ProviderClient _http = new(TimeSpan.FromSeconds(sms.TimeoutSeconds), time);

    public string Provider => "sms-http";

    public Task<ChannelResult?> ReadyAsync(CancellationToken cancellation)
    {
        var missing = Templates().SelectMany(GatewayTemplate.SecretsOf).FirstOrDefault(name => Secrets.Find(name) is null);
        return Task.FromResult(missing is null ? null : Secrets.Missing(missing, "a secret of the SMS gateway"));
    }

    public string? Fault(ChannelMessage message) => null;

    public async Task<ChannelResult> SendAsync(ChannelMessage message)
    {
        var segments = SmsCoding.CountSegments(message.Text);
        using var request = new HttpRequestMessage(new HttpMethod(_settings.Method), GatewayTemplate.Fill(_settings.Url, message, segments, GatewayTemplate.ForUrl));
        if (_settings.Body is { } body && request.Method != HttpMethod.Get)
        {
            request.Content = new BegunContent(Encoding.UTF8.GetBytes(GatewayTemplate.Fill(body, message, segments, GatewayTemplate.ForBody(_settings.ContentType))));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(_settings.ContentType, "utf-8");
        }

        foreach (var (name, value) in _settings.Headers) request.Headers.TryAddWithoutValidation(name, GatewayTemplate.Fill(value, message, segments, GatewayTemplate.ForHeader));
        return GatewayVerdict.Of(await _http.SendAsync(request).ConfigureAwait(false), _settings, message.Address);
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private IEnumerable<string> Templates() => [_settings.Url, _settings.Body ?? "", .. _settings.Headers.Values];
}
