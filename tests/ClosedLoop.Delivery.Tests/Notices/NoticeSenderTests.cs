using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Notices;
using ClosedLoop.Delivery.Notices;
using ClosedLoop.Delivery.Tests.Rendering;
using ClosedLoop.Delivery.Tests.Sending.Lanes;
using ClosedLoop.Mail.Dkim;
using ClosedLoop.Mail.Mime;
using ClosedLoop.Mail.Sink;
using ClosedLoop.Model.Clients;

namespace ClosedLoop.Delivery.Tests.Notices;

public sealed class NoticeSenderTests
{
    private static readonly NewNotice Notice = new("file/1/Started/5", 9, ["ops@example.org", "night@example.org"], "[closed-loop] OK grüße.csv", "file: grüße.csv\nrecords: 3\n");
    private readonly SettableClock _clock = new(DateTimeOffset.UtcNow);

    [Fact]
    public async Task A_cause_is_told_once_to_each_address_as_plain_text_that_asks_for_no_answer()
    {
        await using var delivery = await StartAsync(_ => null);
        await delivery.Get<NoticeStore>().AddAsync(Notice);
        await delivery.Get<NoticeStore>().AddAsync(Notice);

        Assert.Equal(2, await SendAsync(delivery));
        Assert.Equal(0, await SendAsync(delivery));

        Assert.Equal(["ops@example.org", "night@example.org"], delivery.Received.Select(message => message.Record.To[0]));
        var message = MimeMessage.Parse(delivery.Received[0].Raw);
        Assert.Equal("[closed-loop] OK grüße.csv", message.Headers["Subject"]);
        Assert.Equal("auto-generated", message.Headers["Auto-Submitted"]);
        Assert.Equal("", delivery.Received[0].Record.From);
        Assert.Equal(Notice.Body, message.TextBody!.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task A_refused_notice_is_tried_again_until_it_is_taken()
    {
        var recovery = _clock.Now + TimeSpan.FromHours(2);
        var relay = new MoodyRelay(_ => _clock.Now < recovery ? new SinkRule("", SinkDeed.Refuse, "451 4.3.2 later") : null);
        await using var delivery = await StartAsync(relay);
        await delivery.Get<NoticeStore>().AddAsync(Notice);

        for (var minutes = 0; minutes < 240; minutes++)
        {
            await SendAsync(delivery);
            _clock.Now += TimeSpan.FromMinutes(1);
        }

        Assert.Equal(2, delivery.Received.Count);
        Assert.InRange(relay.Attempts, 4, 20);
    }

    [Fact]
    public async Task Nobody_at_home_for_days_ends_the_trying_and_so_does_an_address_that_is_refused_for_good()
    {
        var relay = new MoodyRelay(address => new SinkRule("", SinkDeed.Refuse, address.StartsWith("ops", StringComparison.Ordinal) ? "550 5.1.1 unknown" : "451 4.3.2 later"));
        await using var delivery = await StartAsync(relay);
        await delivery.Get<NoticeStore>().AddAsync(Notice);

        await SendAsync(delivery);
        Assert.Equal(2, relay.Attempts);
        for (var hours = 0; hours < 100; hours++)
        {
            _clock.Now += TimeSpan.FromHours(1);
            await SendAsync(delivery);
        }

        var attempts = relay.Attempts;
        _clock.Now += TimeSpan.FromDays(30);
        await SendAsync(delivery);
        Assert.Equal(attempts, relay.Attempts);
        Assert.Empty(delivery.Received);
    }

    [Fact]
    public async Task A_relay_that_is_away_costs_no_notice()
    {
        await using var delivery = await StartAsync(_ => null);
        await delivery.Get<NoticeStore>().AddAsync(Notice);
        await delivery.StopSinkAsync();

        Assert.Equal(0, await SendAsync(delivery));

        _clock.Now += TimeSpan.FromHours(1);
        Assert.Equal(2, delivery.Get<NoticeStore>().Due(10).Count);
    }

    [Fact]
    public async Task A_notice_of_a_sender_with_a_domain_in_national_letters_is_signed_as_its_mailings_are()
    {
        var signers = new Dictionary<string, DkimSigner>(StringComparer.OrdinalIgnoreCase) { ["xn--mller-kva.example"] = new([DkimKey.FromPem("xn--mller-kva.example", "s1", SignedMessageTests.Pem)]) };
        await using var delivery = DeliveryFixture.Start(time: _clock, signers: signers);
        await delivery.Get<DefinitionStore>().ApplyAsync(delivery.Client with { Sender = new SenderSettings { Address = "news@müller.example" } });
        await delivery.Get<NoticeStore>().AddAsync(Notice);

        await SendAsync(delivery);

        Assert.All(delivery.Received, message => Assert.Contains("d=xn--mller-kva.example", MimeMessage.Parse(message.Raw).Headers["DKIM-Signature"]!, StringComparison.Ordinal));
        Assert.Equal(2, delivery.Received.Count);
    }

    private Task<DeliveryFixture> StartAsync(Func<string, SinkRule?> mood) => StartAsync(new MoodyRelay(mood));

    private async Task<DeliveryFixture> StartAsync(MoodyRelay relay)
    {
        var delivery = DeliveryFixture.Start(relay, _clock);
        await delivery.Get<DefinitionStore>().ApplyAsync(delivery.Client);
        return delivery;
    }

    private static Task<int> SendAsync(DeliveryFixture delivery) => delivery.Get<NoticeSender>().RunAsync(CancellationToken.None);
}
