using ClosedLoop.Data;
using ClosedLoop.Data.Channels;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Testing.Doubles;

namespace ClosedLoop.Delivery.Tests.Channels;

public sealed class A_message_by_twilio : IAsyncLifetime
{
    private readonly SettableClock _clock = new(DateTimeOffset.UtcNow);
    private TwilioDouble _gateway = null!;
    private DeliveryFixture _delivery = null!;
    private ClientDefinition _client = null!;

    public async Task InitializeAsync()
    {
        Environment.SetEnvironmentVariable(ChannelCase.TokenSetting, TwilioDouble.AuthToken);
        _gateway = await TwilioDouble.StartAsync();
        _client = ChannelCase.Client(ChannelCase.Twilio(_gateway.BaseUrl));
        _delivery = DeliveryFixture.Start(time: _clock, mode: DeliveryMode.Live);
    }

    public async Task DisposeAsync()
    {
        await _delivery.DisposeAsync();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task Is_accepted_once_with_its_text_sender_and_receipt_address()
    {
        var mailing = await _delivery.MailingAsync(ChannelCase.Sms("Hallo {{ firstname }} & Söhne\n"), _client, (ChannelCase.Number(1), "Anna"));
        await _delivery.SendAsync(mailing);

        var (_, form) = Assert.Single(_gateway.Taken);
        Assert.Equal(ChannelCase.Number(1), form["To"]);
        Assert.Equal("Hallo Anna & Söhne", form["Body"]);
        Assert.Equal("+4915550000000", form["From"]);
        Assert.Equal($"https://t.example/channels/sms/test/twilio/{mailing.MailingId}.0.0.1", form["StatusCallback"]);
        Assert.Equal(1, _delivery.Ledger.Count(mailing.MailingId).Sent);
    }

    [Theory]
    [InlineData(400, 21211, "failed", 3)]
    [InlineData(400, 21614, "failed", 3)]
    [InlineData(400, 21610, "failed", 1)]
    [InlineData(500, 20500, "unknown", 0)]
    [InlineData(429, 20429, "waiting", 0)]
    [InlineData(503, 20503, "waiting", 0)]
    [InlineData(401, 20003, "waiting", 0)]
    [InlineData(400, 21606, "waiting", 0)]
    public async Task Each_answer_has_one_outcome(int status, int code, string expected, int category)
    {
        _gateway.FailFor(ChannelCase.Number(1), TwilioDouble.Error(status, code));
        var mailing = await _delivery.MailingAsync(ChannelCase.Sms(), _client, (ChannelCase.Number(1), "Anna"));
        await _delivery.SendAsync(mailing);

        var counts = _delivery.Ledger.Count(mailing.MailingId);
        Assert.Equal(expected, counts switch { { Failed: 1 } => "failed", { Unknown: 1 } => "unknown", { Waiting: 1 } => "waiting", _ => "something else" });
        Assert.Equal(category == 0 ? [] : [category], await ResponsesAsync(mailing));
        Assert.Empty(_gateway.Taken);
    }

    [Fact]
    public async Task A_lost_answer_is_in_doubt_and_never_repeated_by_itself()
    {
        _gateway.FailFor(ChannelCase.Number(1), DoubleFault.LostAnswer);
        var mailing = await _delivery.MailingAsync(ChannelCase.Sms(), _client, (ChannelCase.Number(1), "Anna"), (ChannelCase.Number(2), "Ben"));
        await _delivery.SendAsync(mailing);
        await _delivery.SendAsync(mailing);

        var counts = _delivery.Ledger.Count(mailing.MailingId);
        Assert.Equal((1, 1), (counts.Sent, counts.Unknown));
        Assert.Equal(2, _gateway.Taken.Count);
    }

    [Fact]
    public async Task Under_the_policy_resend_a_lost_answer_is_sent_again()
    {
        _gateway.FailFor(ChannelCase.Number(1), DoubleFault.LostAnswer);
        var client = ChannelCase.Client(ChannelCase.Twilio(_gateway.BaseUrl) with { Unknown = UnknownPolicy.Resend });
        var mailing = await _delivery.MailingAsync(ChannelCase.Sms(), client, (ChannelCase.Number(1), "Anna"));
        var result = await _delivery.SendAsync(mailing);
        Assert.Equal(1, _delivery.Ledger.Count(mailing.MailingId).Waiting);

        _gateway.FailFor(ChannelCase.Number(1), null);
        _clock.Now = Instants.FromMicroseconds(result.NextDue!.Value).AddSeconds(1);
        await _delivery.SendAsync(mailing);
        Assert.Equal(1, _delivery.Ledger.Count(mailing.MailingId).Sent);
        Assert.Equal(2, _gateway.Taken.Count);
    }

    [Fact]
    public async Task A_gateway_that_is_away_leaves_nobody_in_doubt()
    {
        await _gateway.DisposeAsync();
        var mailing = await _delivery.MailingAsync(ChannelCase.Sms(), _client, (ChannelCase.Number(1), "Anna"), (ChannelCase.Number(2), "Ben"));
        var result = await _delivery.SendAsync(mailing);

        Assert.Equal(2, _delivery.Ledger.Count(mailing.MailingId).Waiting);
        Assert.True(result.NextDue > _clock.NowMicroseconds());
    }

    [Fact]
    public async Task A_gateway_that_asks_for_patience_is_left_alone_for_as_long()
    {
        _gateway.FailFor(ChannelCase.Number(1), TwilioDouble.Error(429, 20429, retryAfter: 120));
        var mailing = await _delivery.MailingAsync(ChannelCase.Sms(), _client, [.. Enumerable.Range(1, 40).Select(i => (ChannelCase.Number(i), "x"))]);
        var result = await _delivery.SendAsync(mailing);

        Assert.InRange(result.NextDue!.Value - _clock.NowMicroseconds(), 119_000_000, 150_000_000);
        Assert.True(_gateway.Requests.Count < 20, $"{_gateway.Requests.Count} requests after the gateway had asked for patience");

        _gateway.FailFor(ChannelCase.Number(1), null);
        await SendAllAsync(mailing, result);
        Assert.Equal(40, _delivery.Ledger.Count(mailing.MailingId).Sent);
        Assert.Equal(40, _gateway.Taken.Select(taken => taken.Form["To"]).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task A_secret_that_is_not_set_holds_everybody_and_fails_nobody()
    {
        var sms = ChannelCase.Twilio(_gateway.BaseUrl);
        var client = ChannelCase.Client(sms with { Twilio = sms.Twilio! with { AuthTokenSetting = "CLOSEDLOOP_TEST_NOT_SET" } });
        var mailing = await _delivery.MailingAsync(ChannelCase.Sms(), client, (ChannelCase.Number(1), "Anna"));
        await _delivery.SendAsync(mailing);

        Assert.Equal(1, _delivery.Ledger.Count(mailing.MailingId).Waiting);
        Assert.Contains("CL4205", Assert.Single(_delivery.Ledger.Delays(mailing.MailingId, 5)).Reason, StringComparison.Ordinal);
        Assert.Empty(_gateway.Requests);
    }

    [Fact]
    public async Task A_text_of_too_many_segments_fails_before_it_is_claimed()
    {
        var client = ChannelCase.Client(ChannelCase.Twilio(_gateway.BaseUrl) with { MaxSegments = 2 });
        var mailing = await _delivery.MailingAsync(ChannelCase.Sms("{{ firstname }}"), client, (ChannelCase.Number(1), new string('x', 306)), (ChannelCase.Number(2), new string('x', 307)));
        await _delivery.SendAsync(mailing);

        var counts = _delivery.Ledger.Count(mailing.MailingId);
        Assert.Equal((1, 1), (counts.Sent, counts.Failed));
    }

    [Fact]
    public async Task A_rate_is_kept()
    {
        var client = ChannelCase.Client(ChannelCase.Twilio(_gateway.BaseUrl) with { PerSecond = 40 });
        await _delivery.DisposeAsync();
        _delivery = DeliveryFixture.Start(mode: DeliveryMode.Live);
        var mailing = await _delivery.MailingAsync(ChannelCase.Sms(), client, [.. Enumerable.Range(1, 80).Select(i => (ChannelCase.Number(i), "x"))]);
        var started = TimeProvider.System.GetTimestamp();
        await _delivery.SendAsync(mailing);

        Assert.Equal(80, _delivery.Ledger.Count(mailing.MailingId).Sent);
        Assert.True(TimeProvider.System.GetElapsedTime(started) > TimeSpan.FromMilliseconds(900), "80 messages at 40 a second take a second beyond the first burst");
    }

    [Fact]
    public async Task In_the_mode_sink_nothing_reaches_the_provider()
    {
        await using var safe = DeliveryFixture.Start(time: _clock);
        var mailing = await safe.MailingAsync(ChannelCase.Sms(), _client, (ChannelCase.Number(1), "Anna"), (ChannelCase.Number(2), "Ben"));
        await safe.SendAsync(mailing);

        Assert.Equal(2, safe.Ledger.Count(mailing.MailingId).Sent);
        Assert.Empty(_gateway.Requests);
        Assert.Equal([ChannelCase.Number(1) + "@sms.invalid", ChannelCase.Number(2) + "@sms.invalid"], safe.Received.SelectMany(message => message.Record.To).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Receipts_count_once_whenever_they_come()
    {
        var mailing = await _delivery.MailingAsync(ChannelCase.Sms(), _client, (ChannelCase.Number(1), "Anna"), (ChannelCase.Number(2), "Ben"), (ChannelCase.Number(3), "Cleo"));
        await _delivery.SendAsync(mailing);
        var sids = _gateway.Taken.ToDictionary(taken => taken.Form["To"]!, taken => taken.Sid, StringComparer.Ordinal);
        var store = _delivery.Get<ReceiptStore>();
        ChannelReceipt Receipt(int number, ReceiptState state) => new()
        {
            ClientId = 9,
            Provider = "test/sms-twilio",
            ProviderId = sids[ChannelCase.Number(number)],
            State = state,
            Code = "30005",
            OccurredAt = _clock.NowMicroseconds(),
        };
        await store.AddAsync(Receipt(1, ReceiptState.Delivered), Receipt(2, ReceiptState.FailedHard), Receipt(3, ReceiptState.FailedSoft));
        var again = await store.AddAsync(Receipt(2, ReceiptState.FailedHard), Receipt(1, ReceiptState.Delivered));

        // A word that contradicts the first is kept and changes nothing.
        await store.AddAsync(Receipt(1, ReceiptState.FailedHard));
        Assert.Equal(new ReceiptCounts(0, 2, 0), again);
        Assert.Equal([2, 3], (await ResponsesAsync(mailing)).Order());
        Assert.Equal([1, 2, 3], (await NumbersAsync("SELECT state FROM channel_outcome WHERE mailing_id = $1 ORDER BY sequence", mailing)).Order());
    }

    [Fact]
    public async Task A_receipt_that_is_faster_than_the_record_is_not_lost()
    {
        var store = _delivery.Get<ReceiptStore>();
        var early = new ChannelReceipt { ClientId = 9, Provider = "test/x", ProviderId = "early-1", State = ReceiptState.FailedHard, OccurredAt = 1 };
        Assert.Equal(new ReceiptCounts(1, 0, 1), await store.AddAsync(early));

        var mailing = await _delivery.MailingAsync(ChannelCase.Sms(), _client, (ChannelCase.Number(1), "Anna"));
        await _delivery.Ledger.ClaimAsync(mailing.MailingId, [0]);
        await _delivery.Ledger.RecordAsync(
        [
            new()
            {
                MailingId = mailing.MailingId,
                ClientId = 9,
                Sequence = 0,
                Address = ChannelCase.Number(1),
                State = Model.Recipients.RecipientState.Sent,
                DoneAt = 2,
                Provider = "test/x",
                ProviderIds = ["early-1"],
            },
        ]);
        Assert.Equal([3], await ResponsesAsync(mailing));
    }

    [Fact]
    public async Task Stop_unsubscribes_the_number()
    {
        var mailing = await _delivery.MailingAsync(ChannelCase.Sms(), _client, (ChannelCase.Number(1), "Anna"));
        await _delivery.SendAsync(mailing);
        Assert.True(await _delivery.Get<ReceiptStore>().UnsubscribeAsync(9, ChannelCase.Number(1), "sms-stop"));
        Assert.False(await _delivery.Get<ReceiptStore>().UnsubscribeAsync(9, ChannelCase.Number(1), "sms-stop"));

        var next = await _delivery.MailingAsync(ChannelCase.Sms("again"), _client, (ChannelCase.Number(1), "Anna"));
        await _delivery.SendAsync(next);
        Assert.Equal(1, _delivery.Ledger.Count(next.MailingId).Suppressed);
        Assert.Equal([3], await NumbersAsync("SELECT kind FROM event WHERE mailing_id = $1", mailing));
    }

    [Fact]
    public async Task A_stop_that_only_the_provider_has_heard_is_learnt_from_its_refusal()
    {
        _gateway.FailFor(ChannelCase.Number(1), TwilioDouble.Error(400, 21610));
        var mailing = await _delivery.MailingAsync(ChannelCase.Sms(), _client, (ChannelCase.Number(1), "Anna"));
        await _delivery.SendAsync(mailing);
        Assert.Equal([3], await NumbersAsync("SELECT kind FROM event WHERE mailing_id = $1", mailing));
        var next = await _delivery.MailingAsync(ChannelCase.Sms("again"), _client, (ChannelCase.Number(1), "Anna"));
        await _delivery.SendAsync(next);
        Assert.Equal((1, 0), (_delivery.Ledger.Count(next.MailingId).Suppressed, _delivery.Ledger.Count(next.MailingId).Failed));
    }

    private Task<List<long>> ResponsesAsync(MailingRow mailing) => NumbersAsync("SELECT category FROM response WHERE mailing_id = $1 ORDER BY sequence", mailing);

    private Task<List<long>> NumbersAsync(string sql, MailingRow mailing) => _delivery.Get<LedgerWriter>().WriteAsync(context => context.Statement(sql).Numbers(mailing.MailingId));

    private async Task SendAllAsync(MailingRow mailing, BatchResult result)
    {
        while (result.NextDue is { } due)
        {
            _clock.Now = Instants.FromMicroseconds(Math.Max(due, _clock.NowMicroseconds())).AddSeconds(1);
            result = await _delivery.SendAsync(mailing);
        }
    }
}
