using ClosedLoop.Data;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Testing.Doubles;

namespace ClosedLoop.Delivery.Tests.Channels;

public sealed class A_notification_by_apns : IAsyncLifetime
{
    private static readonly string Device = ChannelCase.ApnsToken('a');
    private readonly SettableClock _clock = new(DateTimeOffset.UtcNow);
    private ApnsDouble _apns = null!;
    private DeliveryFixture _delivery = null!;
    private ClientDefinition _client = null!;

    public async Task InitializeAsync()
    {
        _apns = await ApnsDouble.StartAsync();
        _delivery = DeliveryFixture.Start(time: _clock, mode: DeliveryMode.Live);
        var (key, roots) = (Path.Combine(_delivery.Folder, "key.p8"), Path.Combine(_delivery.Folder, "roots.pem"));
        await File.WriteAllTextAsync(key, _apns.KeyPem);
        await File.WriteAllTextAsync(roots, _apns.CertificatePem);
        _client = ChannelCase.Client(push: new PushSettings
        {
            Apns = new ApnsSettings { KeyFile = key, KeyId = "KEY4567890", TeamId = "TEAM567890", Topic = "com.example.loop", BaseUrl = _apns.BaseUrl, CertificateFile = roots },
        });
    }

    public async Task DisposeAsync()
    {
        await _delivery.DisposeAsync();
        await _apns.DisposeAsync();
    }

    [Fact]
    public async Task Goes_over_http2_with_its_headers()
    {
        var push = ChannelCase.Push().Push! with { TimeToLiveSeconds = 3600 };
        var mailing = await _delivery.MailingAsync(ChannelCase.Push(push), _client, (Device, "Anna"), (ChannelCase.ApnsToken('b'), "Ben"));
        await _delivery.SendAsync(mailing);

        Assert.Equal(2, _delivery.Ledger.Count(mailing.MailingId).Sent);
        var request = _apns.Taken.Single(taken => taken.Path.EndsWith(new string('a', 64), StringComparison.Ordinal));
        Assert.Equal("HTTP/2", request.Protocol);
        Assert.Equal("com.example.loop", request.Headers["apns-topic"]);
        Assert.Equal("alert", request.Headers["apns-push-type"]);
        Assert.Equal("10", request.Headers["apns-priority"]);
        Assert.Equal("doors", request.Headers["apns-collapse-id"]);
        Assert.Equal(_clock.Now.AddHours(1).ToUnixTimeSeconds().ToString(), request.Headers["apns-expiration"]);
        Assert.Equal("""{"aps":{"alert":{"title":"For Anna","body":"Doors open"}},"id":"ID"}""".Replace("ID", mailing.RecipientId(0).ToString(), StringComparison.Ordinal), request.Body);
        Assert.Equal(1, _apns.ProviderTokens);
        Assert.Equal(2, _apns.Taken.Select(taken => taken.Headers["apns-id"]).Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData(400, "BadDeviceToken", "failed", 1)]
    [InlineData(410, "Unregistered", "failed", 1)]
    [InlineData(400, "DeviceTokenNotForTopic", "failed", 0)]
    [InlineData(413, "PayloadTooLarge", "failed", 0)]
    [InlineData(429, "TooManyRequests", "waiting", 0)]
    [InlineData(429, "TooManyProviderTokenUpdates", "waiting", 0)]
    [InlineData(403, "InvalidProviderToken", "waiting", 0)]
    [InlineData(400, "BadTopic", "waiting", 0)]
    [InlineData(500, "InternalServerError", "waiting", 0)]
    [InlineData(503, "ServiceUnavailable", "waiting", 0)]
    public async Task Each_reason_has_one_outcome_and_dead_tokens_are_retired(int status, string reason, string expected, int retired)
    {
        _apns.FailFor(new string('a', 64), ApnsDouble.Refusal(status, reason));
        var mailing = await _delivery.MailingAsync(ChannelCase.Push(), _client, (Device, "Anna"));
        await _delivery.SendAsync(mailing);

        var counts = _delivery.Ledger.Count(mailing.MailingId);
        Assert.Equal(expected, counts switch { { Failed: 1 } => "failed", { Unknown: 1 } => "unknown", { Waiting: 1 } => "waiting", _ => "something else" });
        Assert.Equal(retired, await _delivery.Get<LedgerWriter>().WriteAsync(context => context.Scalar($"SELECT COUNT(*) FROM suppression WHERE kind = 0 AND reason LIKE '%{reason}%'")));
    }

    [Fact]
    public async Task A_lost_answer_is_in_doubt()
    {
        _apns.FailFor(new string('a', 64), DoubleFault.LostAnswer);
        var mailing = await _delivery.MailingAsync(ChannelCase.Push(), _client, (Device, "Anna"));
        await _delivery.SendAsync(mailing);
        Assert.Equal(1, _delivery.Ledger.Count(mailing.MailingId).Unknown);
        Assert.Single(_apns.Taken);
    }

    [Fact]
    public async Task The_provider_token_is_kept_for_twenty_minutes_and_renewed_within_an_hour()
    {
        async Task OneAsync()
        {
            var mailing = await _delivery.MailingAsync(ChannelCase.Push(), _client, (Device, "Anna"));
            await _delivery.SendAsync(mailing);
            Assert.Equal(1, _delivery.Ledger.Count(mailing.MailingId).Sent);
        }

        await OneAsync();
        _clock.Now = _clock.Now.AddMinutes(21);
        await OneAsync();
        Assert.Equal(1, _apns.ProviderTokens);
        _clock.Now = _clock.Now.AddMinutes(25);
        await OneAsync();
        Assert.Equal(2, _apns.ProviderTokens);
    }

    [Fact]
    public async Task An_expired_provider_token_is_renewed_at_once_and_costs_nobody_an_attempt()
    {
        var first = await _delivery.MailingAsync(ChannelCase.Push(), _client, (Device, "Anna"));
        await _delivery.SendAsync(first);
        _clock.Now = _clock.Now.AddMinutes(30);
        _apns.OldestToken = _clock.Now.AddMinutes(-1).ToUnixTimeSeconds();
        var next = await _delivery.MailingAsync(ChannelCase.Push(), _client, (Device, "Anna"));
        await _delivery.SendAsync(next);
        Assert.Equal(1, _delivery.Ledger.Count(next.MailingId).Sent);
        Assert.Equal(2, _apns.ProviderTokens);
    }

    [Fact]
    public async Task A_provider_that_is_held_does_not_hold_the_other()
    {
        await using var fcm = await FcmDouble.StartAsync();
        var account = Path.Combine(_delivery.Folder, "account.json");
        await File.WriteAllTextAsync(account, fcm.ServiceAccountJson);
        var client = ChannelCase.Client(push: _client.Channels!.Push! with { Fcm = new FcmSettings { ServiceAccountFile = account, BaseUrl = fcm.BaseUrl } });
        _apns.FailFor(new string('a', 64), ApnsDouble.Refusal(503, "Shutdown"));
        var mailing = await _delivery.MailingAsync(
            ChannelCase.Push(), client, [(Device, "Anna"), .. Enumerable.Range(1, 40).Select(i => (i % 2 == 0 ? ChannelCase.FcmToken($"T{i}") : ChannelCase.ApnsToken((char)('b' + (i % 5))), "x"))]);
        var result = await _delivery.SendAsync(mailing);

        Assert.Equal(20, fcm.Messages.Count);
        Assert.True(result.NextDue > _clock.NowMicroseconds());
        Assert.True(_delivery.Ledger.Count(mailing.MailingId).Waiting > 10);
        _apns.FailFor(new string('a', 64), null);
        while (result.NextDue is { } due)
        {
            _clock.Now = Instants.FromMicroseconds(Math.Max(due, _clock.NowMicroseconds())).AddSeconds(1);
            result = await _delivery.SendAsync(mailing);
        }

        Assert.Equal(41, _delivery.Ledger.Count(mailing.MailingId).Sent);
    }
}
