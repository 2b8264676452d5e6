using System.Text.Json;
using ClosedLoop.Data;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Delivery.Tests.Fetching;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Testing.Doubles;
using Microsoft.AspNetCore.Http;

namespace ClosedLoop.Delivery.Tests.Channels;

/// <summary>SMS and push with a text that a server gives for each recipient (decision 026).</summary>
public sealed class A_text_fetched_for_each_recipient : IAsyncLifetime
{
    private static readonly (string Address, string Name)[] Three = [(ChannelCase.Number(1), "Ada"), (ChannelCase.Number(2), "Bob"), (ChannelCase.Number(3), "Cyd")];

    private Server _server = null!;
    private GatewayDouble _gateway = null!;
    private DeliveryFixture _delivery = null!;
    private Func<string, string?> _offerFor = name => $"10% for {name} ${{firstname}}$ <{{content:1}}>";

    public async Task InitializeAsync()
    {
        _server = await Server.StartAsync(context =>
        {
            context.Response.ContentType = "text/plain; charset=utf-8";
            if (_offerFor(context.Request.Query["c"]!) is { } offer) return context.Response.WriteAsync(offer);
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        });
        _gateway = await GatewayDouble.StartAsync();
        _delivery = DeliveryFixture.Start(mode: DeliveryMode.Live, fetch: _server.Options with { AllowedHosts = ["127.0.0.1"] });
        _delivery.Fetching = new FrozenFetching { Hosts = ["127.0.0.1"], Slots = [new FetchingSlot("content:1", FieldContent.RefText, _server.Url("/offer?c=${firstname}$", "127.0.0.1"))] };
    }

    public async Task DisposeAsync()
    {
        await _delivery.DisposeAsync();
        await _gateway.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task An_SMS_has_the_text_of_its_own_recipient_and_codes_in_it_are_not_read()
    {
        var mailing = await SmsAsync(Three);
        await _delivery.SendAsync(mailing);
        Assert.Empty(Reasons(mailing));
        Assert.Equal(3, _delivery.Ledger.Count(mailing.MailingId).Sent);
        Assert.Equal(Three.Select(person => $"Hi {person.Name}: 10% for {person.Name} ${{firstname}}$ <{{content:1}}>"), Texts());
        Assert.Equal(3, _server.Hits("/offer"));
    }

    [Fact]
    public async Task A_notification_has_it_too()
    {
        await using var fcm = await FcmDouble.StartAsync();
        var key = Path.Combine(_delivery.Folder, "account.json");
        await File.WriteAllTextAsync(key, fcm.ServiceAccountJson);
        var source = ChannelCase.Push(new PushTemplates { Title = "For ${firstname}$", Body = "${content:1}$" }) with { Dialect = TemplateDialect.Contactlab };
        var mailing = await _delivery.MailingAsync(source, ChannelCase.Client(push: new PushSettings { Fcm = new FcmSettings { ServiceAccountFile = key, BaseUrl = fcm.BaseUrl } }), (ChannelCase.FcmToken("Token-1"), "Ada"));
        await _delivery.SendAsync(mailing);
        var notification = Assert.Single(fcm.Messages).GetProperty("notification");
        Assert.Equal(("For Ada", "10% for Ada ${firstname}$ <{content:1}>"), (notification.GetProperty("title").GetString(), notification.GetProperty("body").GetString()));
    }

    [Fact]
    public async Task Who_has_none_fails_alone_and_nothing_is_handed_over()
    {
        _offerFor = name => name == "Bob" ? null : "for " + name;
        var mailing = await SmsAsync(Three);
        await _delivery.SendAsync(mailing);
        Assert.Equal((2, 1), ((int)_delivery.Ledger.Count(mailing.MailingId).Sent, (int)_delivery.Ledger.Count(mailing.MailingId).Failed));
        Assert.Equal(["Hi Ada: for Ada", "Hi Cyd: for Cyd"], Texts());
        Assert.StartsWith("L604 ", Assert.Single(Reasons(mailing)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_asked_for_somebody_who_gets_no_message()
    {
        await _delivery.Get<Blocklist>().AddAsync(9, AddressPattern.TryParse(ChannelCase.Number(2))!, "wish");
        var mailing = await SmsAsync(Three);
        await _delivery.SendAsync(mailing);
        Assert.Equal((2, 1), ((int)_delivery.Ledger.Count(mailing.MailingId).Sent, (int)_delivery.Ledger.Count(mailing.MailingId).Suppressed));
        Assert.Equal(2, _server.Hits("/offer"));
    }

    [Fact]
    public async Task When_nobody_has_any_the_mailing_pauses_and_everybody_waits()
    {
        _offerFor = _ => null;
        var mailing = await SmsAsync([.. Enumerable.Range(1, 100).Select(n => (ChannelCase.Number(n), $"P{n}"))]);
        var result = await _delivery.SendAsync(mailing);
        Assert.StartsWith("E404 ", result.Paused, StringComparison.Ordinal);
        Assert.Equal(100, _delivery.Ledger.Count(mailing.MailingId).Waiting);
        Assert.Empty(_gateway.Requests);
    }

    private Task<MailingRow> SmsAsync(params (string Address, string Name)[] people) => _delivery.MailingAsync(
        ChannelCase.Sms("Hi ${firstname}$: ${content:1}$") with { Dialect = TemplateDialect.Contactlab },
        ChannelCase.Client(new SmsSettings { Http = new SmsGatewaySettings { Url = _gateway.BaseUrl + "/send", Body = """{"to":"{to}","text":"{text}"}""" } }), people);

    private List<string> Texts() => [.. _gateway.Requests.Select(request => JsonDocument.Parse(request.Body).RootElement)
        .OrderBy(json => json.GetProperty("to").GetString(), StringComparer.Ordinal).Select(json => json.GetProperty("text").GetString()!)];

    private List<string> Reasons(MailingRow mailing)
    {
        using var connection = _delivery.Get<Database>().OpenRead();
        using var statement = new Statement(connection, "SELECT reason FROM ledger WHERE mailing_id = $1 AND reason IS NOT NULL");
        using var reader = statement.Query(mailing.MailingId);
        var reasons = new List<string>();
        while (reader.Read()) reasons.Add(reader.GetString(0));
        return reasons;
    }
}
