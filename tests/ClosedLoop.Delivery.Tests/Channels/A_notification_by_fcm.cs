using ClosedLoop.Data;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Testing.Doubles;

namespace ClosedLoop.Delivery.Tests.Channels;

public sealed class A_notification_by_fcm : IAsyncLifetime
{
    private readonly SettableClock _clock = new(DateTimeOffset.UtcNow);
    private FcmDouble _fcm = null!;
    private DeliveryFixture _delivery = null!;
    private ClientDefinition _client = null!;

    public async Task InitializeAsync()
    {
        _fcm = await FcmDouble.StartAsync();
        _delivery = DeliveryFixture.Start(time: _clock, mode: DeliveryMode.Live);
        var key = Path.Combine(_delivery.Folder, "account.json");
        await File.WriteAllTextAsync(key, _fcm.ServiceAccountJson);
        _client = ChannelCase.Client(push: new PushSettings { Fcm = new FcmSettings { ServiceAccountFile = key, BaseUrl = _fcm.BaseUrl } });
    }

    public async Task DisposeAsync()
    {
        await _delivery.DisposeAsync();
        await _fcm.DisposeAsync();
    }

    [Fact]
    public async Task Has_its_parts_and_one_access_token_serves_all()
    {
        var mailing = await _delivery.MailingAsync(ChannelCase.Push(), _client, [.. Enumerable.Range(1, 30).Select(i => (ChannelCase.FcmToken($"Token-{i}"), "Anna"))]);
        await _delivery.SendAsync(mailing);

        Assert.Equal(30, _delivery.Ledger.Count(mailing.MailingId).Sent);
        Assert.Equal(1, _fcm.TokensIssued);
        var message = _fcm.Messages.Single(message => message.GetProperty("token").GetString() == "Token-1");
        Assert.Equal("For Anna", message.GetProperty("notification").GetProperty("title").GetString());
        Assert.Equal(mailing.RecipientId(0).ToString(), message.GetProperty("data").GetProperty("id").GetString());
        Assert.Equal("doors", message.GetProperty("android").GetProperty("collapse_key").GetString());
    }

    [Theory]
    [InlineData(404, "NOT_FOUND", "UNREGISTERED", "failed", 1)]
    [InlineData(400, "INVALID_ARGUMENT", "INVALID_ARGUMENT", "failed", 0)]
    [InlineData(403, "PERMISSION_DENIED", "SENDER_ID_MISMATCH", "failed", 0)]
    [InlineData(429, "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED", "waiting", 0)]
    [InlineData(503, "UNAVAILABLE", "UNAVAILABLE", "waiting", 0)]
    [InlineData(500, "INTERNAL", "INTERNAL", "waiting", 0)]
    [InlineData(502, "", "", "unknown", 0)]
    public async Task Each_error_has_one_outcome_and_dead_tokens_are_retired(int status, string general, string code, string expected, int retired)
    {
        _fcm.FailFor("Token-1", new DoubleFault(status, general.Length == 0 ? "bad gateway" : FcmDouble.Error(status, general, code)));
        var mailing = await _delivery.MailingAsync(ChannelCase.Push(), _client, (ChannelCase.FcmToken("Token-1"), "Anna"));
        await _delivery.SendAsync(mailing);

        var counts = _delivery.Ledger.Count(mailing.MailingId);
        Assert.Equal(expected, counts switch { { Failed: 1 } => "failed", { Unknown: 1 } => "unknown", { Waiting: 1 } => "waiting", _ => "something else" });
        Assert.Equal(retired, await _delivery.Get<LedgerWriter>().WriteAsync(context => context.Scalar("SELECT COUNT(*) FROM suppression WHERE kind = 0 AND reason LIKE '%UNREGISTERED%'")));
        if (retired == 0) return;
        _fcm.FailFor("Token-1", null);
        var next = await _delivery.MailingAsync(ChannelCase.Push() with { Name = "next" }, _client, (ChannelCase.FcmToken("Token-1"), "Anna"));
        await _delivery.SendAsync(next);
        Assert.Equal(1, _delivery.Ledger.Count(next.MailingId).Suppressed);
    }

    [Fact]
    public async Task Unavailable_is_left_alone_for_as_long_as_it_asks()
    {
        _fcm.FailFor("Token-1", new DoubleFault(503, FcmDouble.Error(503, "UNAVAILABLE", "UNAVAILABLE"), RetryAfter: 300));
        var mailing = await _delivery.MailingAsync(ChannelCase.Push(), _client, (ChannelCase.FcmToken("Token-1"), "Anna"));
        var result = await _delivery.SendAsync(mailing);
        Assert.InRange(result.NextDue!.Value - _clock.NowMicroseconds(), 299_000_000, 400_000_000);

        _fcm.FailFor("Token-1", null);
        _clock.Now = Instants.FromMicroseconds(result.NextDue.Value).AddSeconds(1);
        await _delivery.SendAsync(mailing);
        Assert.Equal(1, _delivery.Ledger.Count(mailing.MailingId).Sent);
    }

    [Fact]
    public async Task A_token_is_renewed_before_it_ends_and_when_it_is_taken_back()
    {
        async Task<MailingRow> OneAsync(int n)
        {
            var mailing = await _delivery.MailingAsync(ChannelCase.Push() with { Name = $"push {n}" }, _client, (ChannelCase.FcmToken($"Token-{n}"), "Anna"));
            var result = await _delivery.SendAsync(mailing);
            while (result.NextDue is { } due)
            {
                _clock.Now = Instants.FromMicroseconds(Math.Max(due, _clock.NowMicroseconds())).AddSeconds(1);
                result = await _delivery.SendAsync(mailing);
            }

            return mailing;
        }

        await OneAsync(1);
        _clock.Now = _clock.Now.AddMinutes(50);
        await OneAsync(2);
        Assert.Equal(1, _fcm.TokensIssued);
        _clock.Now = _clock.Now.AddMinutes(6);
        await OneAsync(3);
        Assert.Equal(2, _fcm.TokensIssued);
        _fcm.RevokeTokens();
        var last = await OneAsync(4);
        Assert.Equal(1, _delivery.Ledger.Count(last.MailingId).Sent);
        Assert.Equal(3, _fcm.TokensIssued);
    }

    [Fact]
    public async Task A_lost_answer_is_in_doubt()
    {
        _fcm.FailFor("Token-1", DoubleFault.LostAnswer);
        var mailing = await _delivery.MailingAsync(ChannelCase.Push(), _client, (ChannelCase.FcmToken("Token-1"), "Anna"));
        await _delivery.SendAsync(mailing);
        Assert.Equal(1, _delivery.Ledger.Count(mailing.MailingId).Unknown);
        Assert.Single(_fcm.Messages);
    }

    [Fact]
    public async Task A_key_that_cannot_be_read_holds_everybody_and_says_so()
    {
        var client = ChannelCase.Client(push: new PushSettings { Fcm = new FcmSettings { ServiceAccountFile = "/nowhere/account.json", BaseUrl = _fcm.BaseUrl } });
        var mailing = await _delivery.MailingAsync(ChannelCase.Push(), client, (ChannelCase.FcmToken("Token-1"), "Anna"));
        await _delivery.SendAsync(mailing);
        Assert.Contains("CL4207", Assert.Single(_delivery.Ledger.Delays(mailing.MailingId, 5)).Reason, StringComparison.Ordinal);
        Assert.Equal(1, _delivery.Ledger.Count(mailing.MailingId).Waiting);
    }

    [Fact]
    public async Task A_whole_payload_keeps_its_form_whatever_data_says()
    {
        var push = new PushTemplates { Fcm = """{"notification":{"title":"{{ firstname }}"},"data":{"n":5,"who":"{{ firstname }}"},"time_to_live":60,"priority":"high"}""" };
        var mailing = await _delivery.MailingAsync(ChannelCase.Push(push), _client, (ChannelCase.FcmToken("Token-1"), "A\"},\"x\":{\"B"));
        await _delivery.SendAsync(mailing);

        var message = Assert.Single(_fcm.Messages);
        Assert.Equal("A\"},\"x\":{\"B", message.GetProperty("notification").GetProperty("title").GetString());
        Assert.Equal("5", message.GetProperty("data").GetProperty("n").GetString());
        Assert.Equal("60s", message.GetProperty("android").GetProperty("ttl").GetString());
        Assert.False(message.TryGetProperty("x", out _));
    }
}
