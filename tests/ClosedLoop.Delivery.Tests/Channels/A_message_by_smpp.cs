using System.Text;
using ClosedLoop.Data;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Delivery.Channels;
using ClosedLoop.Delivery.Channels.Sms;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;
using ClosedLoop.Testing.Doubles;

namespace ClosedLoop.Delivery.Tests.Channels;

public sealed class A_message_by_smpp : IAsyncLifetime
{
    private readonly SmppDouble _centre = SmppDouble.Start();
    private DeliveryFixture _delivery = null!;

    public Task InitializeAsync()
    {
        Environment.SetEnvironmentVariable(ChannelCase.PasswordSetting, SmppDouble.Password);
        _delivery = DeliveryFixture.Start(mode: DeliveryMode.Live);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _delivery.DisposeAsync();
        await _centre.DisposeAsync();
    }

    [Fact]
    public async Task Is_submitted_with_its_sender_and_asks_for_a_receipt()
    {
        var mailing = await _delivery.MailingAsync(ChannelCase.Sms("Hallo {{ firstname }}, 5 €"), Client(), (ChannelCase.Number(1), "Anna"));
        await _delivery.SendAsync(mailing);

        var taken = Assert.Single(_centre.Taken);
        Assert.Equal(("Loop", ChannelCase.Number(1)[1..], 0, 0, true), (taken.Source, taken.Destination, taken.EsmClass, taken.Coding, taken.WantsReceipt));
        Assert.Equal("Hallo Anna, 5 €", SmsCoding.Decode(SmsAlphabet.Gsm7, taken.Text));
        Assert.Equal(1, _delivery.Ledger.Count(mailing.MailingId).Sent);
    }

    [Theory]
    [InlineData("udh")]
    [InlineData("sar")]
    [InlineData("payload")]
    public async Task A_long_text_can_be_put_together_again(string way)
    {
        var text = string.Concat(Enumerable.Repeat("ж0123456789", 20));
        var mailing = await _delivery.MailingAsync(ChannelCase.Sms(text), Client(smpp => smpp with { Long = way }), (ChannelCase.Number(1), "Anna"));
        await _delivery.SendAsync(mailing);

        var parts = _centre.Taken;
        Assert.All(parts, part => Assert.Equal(8, part.Coding));
        var octets = way switch
        {
            "udh" => parts.OrderBy(part => part.Text[5]).SelectMany(part => part.Text[6..]),
            "sar" => parts.OrderBy(part => part.Tags[0x020F][0]).SelectMany(part => part.Text),
            _ => parts.SelectMany(part => part.Tags[0x0424]),
        };
        Assert.Equal(way == "payload" ? 1 : 4, parts.Count);
        Assert.Equal(text, Encoding.BigEndianUnicode.GetString([.. octets]));
        if (way == "udh")
        {
            Assert.All(parts, part => Assert.Equal((0x40, 5, 0, 3, 4), (part.EsmClass, part.Text[0], part.Text[1], part.Text[2], part.Text[4])));
            Assert.Single(parts.Select(part => part.Text[3]).Distinct());
            Assert.All(parts, part => Assert.True(part.Text.Length <= 140));
        }
    }

    [Theory]
    [InlineData(0x0B, "failed")]
    [InlineData(0x45, "failed")]
    [InlineData(0x0A, "waiting")]
    [InlineData(0x58, "waiting")]
    [InlineData(0x14, "waiting")]
    [InlineData(0x08, "waiting")]
    public async Task Each_status_has_one_outcome(int status, string expected)
    {
        _centre.RefuseNext(status);
        var mailing = await _delivery.MailingAsync(ChannelCase.Sms(), Client(), (ChannelCase.Number(1), "Anna"));
        await _delivery.SendAsync(mailing);
        var counts = _delivery.Ledger.Count(mailing.MailingId);
        Assert.Equal(expected, counts switch { { Failed: 1 } => "failed", { Unknown: 1 } => "unknown", { Waiting: 1 } => "waiting", _ => "something else" });
    }

    [Fact]
    public async Task A_throttled_message_is_sent_when_the_hold_is_over()
    {
        _centre.RefuseNext(0x58);
        var clock = new SettableClock(DateTimeOffset.UtcNow);
        await using var delivery = DeliveryFixture.Start(time: clock, mode: DeliveryMode.Live);
        var mailing = await delivery.MailingAsync(ChannelCase.Sms(), Client(), [.. Enumerable.Range(1, 20).Select(i => (ChannelCase.Number(i), "x"))]);
        var result = await delivery.SendAsync(mailing);
        Assert.True(delivery.Ledger.Count(mailing.MailingId).Waiting > 0);
        while (result.NextDue is { } due)
        {
            clock.Now = Instants.FromMicroseconds(Math.Max(due, clock.NowMicroseconds())).AddSeconds(1);
            result = await delivery.SendAsync(mailing);
        }

        Assert.Equal(20, delivery.Ledger.Count(mailing.MailingId).Sent);
        Assert.Equal(20, _centre.Taken.Select(taken => taken.Destination).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(20, _centre.Taken.Count);
    }

    [Theory]
    [InlineData(SmppDouble.Loss.Silent)]
    [InlineData(SmppDouble.Loss.Disconnect)]
    internal async Task A_lost_answer_is_in_doubt_and_the_rest_goes_on(SmppDouble.Loss loss)
    {
        _centre.NextLoss = loss;
        var mailing = await _delivery.MailingAsync(ChannelCase.Sms(), Client(seconds: 1), (ChannelCase.Number(1), "Anna"));
        await _delivery.SendAsync(mailing);
        Assert.Equal(1, _delivery.Ledger.Count(mailing.MailingId).Unknown);

        var next = await _delivery.MailingAsync(ChannelCase.Sms(), Client(seconds: 1), (ChannelCase.Number(2), "Ben"));
        await _delivery.SendAsync(next);
        Assert.Equal(1, _delivery.Ledger.Count(next.MailingId).Sent);
        Assert.Equal(2, _centre.Taken.Count);
        Assert.Equal(loss == SmppDouble.Loss.Disconnect ? 2 : 1, _centre.Binds);
    }

    [Fact]
    public async Task The_window_is_kept()
    {
        _centre.Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var mailing = await _delivery.MailingAsync(ChannelCase.Sms(), Client(smpp => smpp with { Window = 3 }), [.. Enumerable.Range(1, 8).Select(i => (ChannelCase.Number(i), "x"))]);
        var sending = _delivery.SendAsync(mailing);
        await UntilAsync(() => _centre.Taken.Count == 3);
        _centre.Gate.SetResult();
        await sending;
        Assert.Equal(3, _centre.MostUnanswered);
        Assert.Equal(8, _delivery.Ledger.Count(mailing.MailingId).Sent);
    }

    [Fact]
    public async Task A_wrong_password_holds_everybody()
    {
        Environment.SetEnvironmentVariable("CLOSEDLOOP_TEST_WRONG", "wrong");
        var mailing = await _delivery.MailingAsync(ChannelCase.Sms(), Client(smpp => smpp with { PasswordSetting = "CLOSEDLOOP_TEST_WRONG" }), (ChannelCase.Number(1), "Anna"));
        await _delivery.SendAsync(mailing);
        Assert.Contains("ESME_RINVPASWD", Assert.Single(_delivery.Ledger.Delays(mailing.MailingId, 5)).Reason, StringComparison.Ordinal);
        Assert.Equal(1, _delivery.Ledger.Count(mailing.MailingId).Waiting);
    }

    [Fact]
    public async Task A_silent_connection_is_tested_and_given_up()
    {
        _centre.AnswersEnquiries = false;
        var client = Client(smpp => smpp with { EnquireLinkSeconds = 1 }, seconds: 1);
        var mailing = await _delivery.MailingAsync(ChannelCase.Sms(), client, (ChannelCase.Number(1), "Anna"));
        await _delivery.SendAsync(mailing);
        await UntilAsync(() => _centre.Enquiries > 0);
        _centre.AnswersEnquiries = true;

        // The keeper opens it again while nothing is sent.
        await UntilAsync(async () => await _delivery.Get<SmppKeeper>().RunAsync(CancellationToken.None) == 1 && _centre.Binds == 2);
    }

    [Fact]
    public async Task Receipts_of_both_forms_become_responses_once()
    {
        var mailing = await _delivery.MailingAsync(ChannelCase.Sms(), Client(), (ChannelCase.Number(1), "a"), (ChannelCase.Number(2), "b"), (ChannelCase.Number(3), "c"), (ChannelCase.Number(4), "d"));
        await _delivery.SendAsync(mailing);
        var ids = _centre.Taken.ToDictionary(taken => taken.Destination, taken => taken.Id, StringComparer.Ordinal);
        string Id(int n) => ids[ChannelCase.Number(n)[1..]];

        Assert.Equal(0u, await _centre.ReceiptAsync(Id(1), "DELIVRD"));
        Assert.Equal(0u, await _centre.ReceiptAsync(Id(2), "UNDELIV", "012"));
        Assert.Equal(0u, await _centre.ReceiptByTagsAsync(Id(3), 3));
        Assert.Equal(0u, await _centre.ReceiptAsync(Id(2), "UNDELIV", "012"));
        Assert.Equal(0u, await _centre.ReceiptAsync(Id(4), "ENROUTE"));

        Assert.Equal([3, 2], await NumbersAsync("SELECT category FROM response WHERE mailing_id = $1 ORDER BY sequence", mailing));
        Assert.Equal([1, 2, 3], await NumbersAsync("SELECT state FROM channel_outcome WHERE mailing_id = $1 ORDER BY sequence", mailing));
    }

    [Fact]
    public async Task A_message_of_several_parts_is_delivered_when_all_of_them_are()
    {
        var mailing = await _delivery.MailingAsync(ChannelCase.Sms(new string('x', 400)), Client(), (ChannelCase.Number(1), "a"));
        await _delivery.SendAsync(mailing);
        foreach (var part in _centre.Taken.Take(2)) await _centre.ReceiptAsync(part.Id, "DELIVRD");
        Assert.Empty(await NumbersAsync("SELECT state FROM channel_outcome WHERE mailing_id = $1", mailing));
        await _centre.ReceiptAsync(_centre.Taken[2].Id, "DELIVRD");
        Assert.Equal([1], await NumbersAsync("SELECT state FROM channel_outcome WHERE mailing_id = $1", mailing));
    }

    [Fact]
    public async Task A_stop_word_unsubscribes_the_number()
    {
        var mailing = await _delivery.MailingAsync(ChannelCase.Sms(), Client(), (ChannelCase.Number(1), "a"));
        await _delivery.SendAsync(mailing);
        Assert.Equal(0u, await _centre.MessageAsync(ChannelCase.Number(1)[1..], "what do you want?"));
        Assert.Equal(0u, await _centre.MessageAsync(ChannelCase.Number(1)[1..], " Stop "));
        var next = await _delivery.MailingAsync(ChannelCase.Sms(), Client(), (ChannelCase.Number(1), "a"));
        await _delivery.SendAsync(next);
        Assert.Equal(1, _delivery.Ledger.Count(next.MailingId).Suppressed);
    }

    private ClientDefinition Client(Func<SmppSettings, SmppSettings>? change = null, int seconds = 20)
    {
        var smpp = new SmppSettings { Host = "127.0.0.1", Port = _centre.Port, SystemId = SmppDouble.SystemId, PasswordSetting = ChannelCase.PasswordSetting };
        return ChannelCase.Client(new SmsSettings { From = "Loop", TimeoutSeconds = seconds, Smpp = change?.Invoke(smpp) ?? smpp });
    }

    private Task<List<long>> NumbersAsync(string sql, MailingRow mailing) => _delivery.Get<LedgerWriter>().WriteAsync(context => context.Statement(sql).Numbers(mailing.MailingId));

    private static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await condition()) await Task.Delay(20, patience.Token);
    }
}
