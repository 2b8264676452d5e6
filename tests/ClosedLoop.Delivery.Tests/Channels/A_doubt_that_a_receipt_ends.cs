using ClosedLoop.Data;
using ClosedLoop.Data.Channels;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Testing.Doubles;

namespace ClosedLoop.Delivery.Tests.Channels;

public sealed class A_doubt_that_a_receipt_ends : IAsyncLifetime
{
    private const byte Enroute = 1;
    private const byte Delivered = 2;
    private const byte Undeliverable = 5;

    private readonly SettableClock _clock = new(DateTimeOffset.UtcNow);
    private readonly SmppDouble _centre = SmppDouble.Start();
    private TwilioDouble _gateway = null!;
    private DeliveryFixture _delivery = null!;

    private ReceiptStore Receipts => _delivery.Get<ReceiptStore>();

    public async Task InitializeAsync()
    {
        Environment.SetEnvironmentVariable(ChannelCase.PasswordSetting, SmppDouble.Password);
        Environment.SetEnvironmentVariable(ChannelCase.TokenSetting, TwilioDouble.AuthToken);
        _gateway = await TwilioDouble.StartAsync();
        _delivery = DeliveryFixture.Start(time: _clock, mode: DeliveryMode.Live);
    }

    public async Task DisposeAsync()
    {
        await _delivery.DisposeAsync();
        await _gateway.DisposeAsync();
        await _centre.DisposeAsync();
    }

    [Theory]
    [InlineData(Enroute, 0)]
    [InlineData(Delivered, 0)]
    [InlineData(Undeliverable, 2)]
    public async Task Of_a_message_centre_that_took_the_message_and_did_not_answer(byte state, int category)
    {
        var mailing = await LostAsync("Hello");
        Assert.Equal(0u, await _centre.ReceiptAsync(Assert.Single(_centre.Taken), state));

        Balance(mailing, sent: 1);
        Assert.Equal(category == 0 ? [] : [category + 1L], await NumbersAsync("SELECT category FROM response WHERE mailing_id = $1", mailing));
        Assert.Equal([(long)RecipientState.Unknown], await NumbersAsync("SELECT state FROM ledger_past WHERE mailing_id = $1", mailing));
        await _delivery.SendAsync(mailing);
        Assert.Single(_centre.Taken);
    }

    [Fact]
    public async Task Of_a_long_text_when_every_part_is_reported()
    {
        // The answer to the first part is lost, so the others were never sent.
        var mailing = await LostAsync(new string('x', 400));
        await _centre.ReceiptAsync(Assert.Single(_centre.Taken), Delivered);
        Balance(mailing, unknown: 1);
    }

    [Fact]
    public async Task Of_a_text_whose_last_part_got_no_answer()
    {
        _centre.LoseFrom = 3;
        var mailing = await _delivery.MailingAsync(ChannelCase.Sms(new string('x', 400)), Client(seconds: 1), (ChannelCase.Number(1), "Anna"));
        await _delivery.SendAsync(mailing);
        Balance(mailing, unknown: 1);
        var parts = _centre.Taken;
        Assert.Equal(3, parts.Count);
        await _centre.ReceiptAsync(parts[0], Delivered);
        await _centre.ReceiptAsync(parts[1], Delivered);
        Balance(mailing, unknown: 1);
        await _centre.ReceiptAsync(parts[2], Delivered);
        Balance(mailing, sent: 1);
        Assert.Equal([1], await NumbersAsync("SELECT state FROM channel_outcome WHERE mailing_id = $1", mailing));
    }

    [Fact]
    public async Task Of_a_text_of_which_a_part_is_lost_for_good()
    {
        _centre.LoseFrom = 2;
        var mailing = await _delivery.MailingAsync(ChannelCase.Sms(new string('x', 400)), Client(seconds: 1), (ChannelCase.Number(1), "Anna"));
        await _delivery.SendAsync(mailing);
        await _centre.ReceiptAsync(_centre.Taken[0], Undeliverable);
        Balance(mailing, failed: 1);
    }

    [Fact]
    public async Task Not_when_the_centre_keeps_our_reference_to_itself()
    {
        var mailing = await LostAsync("Hello");
        await _centre.ReceiptByTagsAsync(Assert.Single(_centre.Taken).Id, Delivered);
        Balance(mailing, unknown: 1);
    }

    [Fact]
    public async Task Not_of_a_centre_that_is_told_no_reference()
    {
        var client = Client();
        client = ChannelCase.Client(client.Channels!.Sms! with { Smpp = client.Channels.Sms!.Smpp! with { Reference = false } });
        await _delivery.SendAsync(await _delivery.MailingAsync(ChannelCase.Sms(), client, (ChannelCase.Number(1), "Anna")));
        Assert.DoesNotContain(0x0204, Assert.Single(_centre.Taken).Tags.Keys);
    }

    [Fact]
    public async Task Not_of_another_message_to_the_same_phone()
    {
        var first = await LostAsync("Hello");
        var second = await LostAsync("Hello again");
        await _centre.ReceiptAsync(_centre.Taken[1], Delivered);
        Balance(first, unknown: 1);
        Balance(second, sent: 1);
    }

    [Fact]
    public async Task Left_by_a_crash_also_when_the_receipt_was_faster()
    {
        var mailing = await _delivery.MailingAsync(ChannelCase.Sms(), Twilio(), (ChannelCase.Number(1), "Anna"), (ChannelCase.Number(2), "Ben"), (ChannelCase.Number(3), "Cleo"));
        await _delivery.Ledger.ClaimAsync(mailing.MailingId, [0, 1, 2]);
        Assert.Equal(new ReceiptCounts(1, 0, 1), await Receipts.AddAsync(Receipt("SM1", mailing, 0, ReceiptState.Taken)));

        // As after kill -9: the slice is taken anew and what was claimed is in doubt.
        await _delivery.SendAsync(mailing);
        Balance(mailing, sent: 1, unknown: 2);
        await Receipts.AddAsync(Receipt("SM2", mailing, 1, ReceiptState.FailedHard));
        Balance(mailing, sent: 2, unknown: 1);
        Assert.Equal([1], await NumbersAsync("SELECT sequence FROM response WHERE mailing_id = $1", mailing));

        // The message is known by the provider's id from now on.
        await Receipts.AddAsync(Receipt("SM1", mailing, 0, ReceiptState.Delivered) with { Reference = null });
        Assert.Equal([1, 3], (await NumbersAsync("SELECT state + sequence FROM channel_outcome WHERE mailing_id = $1", mailing)).Order());
        Assert.Empty(_gateway.Taken);
    }

    [Fact]
    public async Task By_the_address_that_its_request_named()
    {
        _gateway.FailFor(ChannelCase.Number(1), DoubleFault.LostAnswer);
        var mailing = await _delivery.MailingAsync(ChannelCase.Sms(), Twilio(), (ChannelCase.Number(1), "Anna"));
        await _delivery.SendAsync(mailing);
        Balance(mailing, unknown: 1);
        var (sid, form) = Assert.Single(_gateway.Taken);
        var reference = new Uri(form["StatusCallback"]!).Segments[^1];
        Assert.Equal(MessageReferences.Of(mailing.MailingId, 0, 0, 1), reference);
        Assert.True(Receipts.IsAwaited(reference));
        await Receipts.AddAsync(Receipt(sid, mailing, 0, ReceiptState.Taken) with { Reference = reference });
        Balance(mailing, sent: 1);
        Assert.False(Receipts.IsAwaited(reference));
    }

    [Fact]
    public async Task Under_the_policy_resend_before_the_message_is_sent_again()
    {
        _gateway.FailFor(ChannelCase.Number(1), DoubleFault.LostAnswer);
        var sms = ChannelCase.Twilio(_gateway.BaseUrl) with { Unknown = Model.Clients.UnknownPolicy.Resend };
        var mailing = await _delivery.MailingAsync(ChannelCase.Sms(), ChannelCase.Client(sms), (ChannelCase.Number(1), "Anna"));
        var result = await _delivery.SendAsync(mailing);
        Balance(mailing, waiting: 1);
        await Receipts.AddAsync(Receipt(_gateway.Taken[0].Sid, mailing, 0, ReceiptState.Delivered));
        Balance(mailing, sent: 1);
        _clock.Now = Instants.FromMicroseconds(result.NextDue!.Value).AddSeconds(1);
        await _delivery.SendAsync(mailing);
        Assert.Single(_gateway.Taken);
    }

    [Fact]
    public async Task Not_by_the_receipt_of_an_earlier_attempt()
    {
        var mailing = await _delivery.MailingAsync(ChannelCase.Sms(), Twilio(), (ChannelCase.Number(1), "Anna"));
        await _delivery.Ledger.ClaimAsync(mailing.MailingId, [0]);
        await _delivery.Ledger.TakeAsync(mailing.MailingId, 0, 1000, UnknownPolicy.Resend);
        await _delivery.Ledger.ClaimAsync(mailing.MailingId, [0]);
        await _delivery.Ledger.TakeAsync(mailing.MailingId, 0, 1000, UnknownPolicy.Hold);
        Balance(mailing, unknown: 1);
        await Receipts.AddAsync(Receipt("SM1", mailing, 0, ReceiptState.Delivered));
        Balance(mailing, unknown: 1);
    }

    [Fact]
    public async Task Not_of_another_client()
    {
        var mailing = await _delivery.MailingAsync(ChannelCase.Sms(), Twilio(), (ChannelCase.Number(1), "Anna"));
        await _delivery.Ledger.ClaimAsync(mailing.MailingId, [0]);
        await _delivery.Ledger.TakeAsync(mailing.MailingId, 0, 1000, UnknownPolicy.Hold);
        await Receipts.AddAsync(Receipt("SM1", mailing, 0, ReceiptState.Delivered) with { ClientId = 10 });
        Balance(mailing, unknown: 1);
    }

    private static ChannelReceipt Receipt(string sid, MailingRow mailing, int sequence, ReceiptState state) => new()
    {
        ClientId = 9,
        Provider = "test/sms-twilio",
        ProviderId = sid,
        State = state,
        Reference = MessageReferences.Of(mailing.MailingId, sequence, 0, 1),
        OccurredAt = 5,
    };

    private void Balance(MailingRow mailing, long waiting = 0, long sent = 0, long failed = 0, long unknown = 0)
    {
        var counts = _delivery.Ledger.Count(mailing.MailingId);
        Assert.Equal((waiting, sent, failed, unknown), (counts.Waiting, counts.Sent, counts.Failed, counts.Unknown));
        Assert.Equal(mailing.Accepted, counts.Waiting + counts.Sending + counts.Sent + counts.Failed + counts.Suppressed + counts.Unknown + counts.Cancelled);
    }

    /// <summary>A message that the centre takes without an answer.</summary>
    private async Task<MailingRow> LostAsync(string text)
    {
        _centre.NextLoss = SmppDouble.Loss.Disconnect;
        var mailing = await _delivery.MailingAsync(ChannelCase.Sms(text), Client(), (ChannelCase.Number(1), "Anna"));
        await _delivery.SendAsync(mailing);
        Balance(mailing, unknown: 1);

        // As the keeper does: receipts need a session.
        await _delivery.Get<Delivery.Channels.SmppKeeper>().RunAsync(CancellationToken.None);
        return mailing;
    }

    private ClientDefinition Client(int seconds = 20) => ChannelCase.Client(new SmsSettings
    {
        From = "Loop",
        TimeoutSeconds = seconds,
        Smpp = new SmppSettings { Host = "127.0.0.1", Port = _centre.Port, SystemId = SmppDouble.SystemId, PasswordSetting = ChannelCase.PasswordSetting },
    });

    private ClientDefinition Twilio() => ChannelCase.Client(ChannelCase.Twilio(_gateway.BaseUrl));

    private Task<List<long>> NumbersAsync(string sql, MailingRow mailing) => _delivery.Get<LedgerWriter>().WriteAsync(context => context.Statement(sql).Numbers(mailing.MailingId));
}
