using System.Text.Json;
using System.Web;
using System.Xml.Linq;
using ClosedLoop.Data;
using ClosedLoop.Delivery.Channels;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Responses;
using ClosedLoop.Testing.Doubles;

namespace ClosedLoop.Delivery.Tests.Channels;

public sealed class A_message_by_any_gateway : IAsyncLifetime
{
    /// <summary>Everything that could end a string, a field, an element or a header early.</summary>
    private const string Nasty = "a\"b\\c&d=e<f>'g\nX-Evil: 1 {to} é";
    private const string SecretSetting = "CLOSEDLOOP_TEST_GATEWAY_KEY";

    private GatewayDouble _gateway = null!;
    private DeliveryFixture _delivery = null!;

    public async Task InitializeAsync()
    {
        Environment.SetEnvironmentVariable(SecretSetting, "s3cret/key+");
        _gateway = await GatewayDouble.StartAsync();
        _delivery = DeliveryFixture.Start(mode: DeliveryMode.Live);
    }

    public async Task DisposeAsync()
    {
        await _delivery.DisposeAsync();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task Json_keeps_its_form()
    {
        var request = await SendAsync(new SmsGatewaySettings
        {
            Url = _gateway.BaseUrl + "/send",
            Headers = new Dictionary<string, string> { ["Authorization"] = "Bearer {secret:" + SecretSetting + "}", ["X-Text"] = "{text}" },
            Body = """{"to":"{to_digits}","text":"{text}","parts":{segments},"ref":"{id}","own":"{reference}","back":"{receipt_url}"}""",
        });
        var json = JsonDocument.Parse(request.Body).RootElement;
        Assert.Equal(ChannelCase.Number(1)[1..], json.GetProperty("to").GetString());
        Assert.Equal(Nasty, json.GetProperty("text").GetString());
        Assert.Equal(1, json.GetProperty("parts").GetInt32());
        Assert.Matches("^https://t\\.example/channels/sms/test/receipt/[0-9]+\\.0\\.0\\.1$", json.GetProperty("back").GetString());
        Assert.EndsWith("/" + json.GetProperty("own").GetString(), json.GetProperty("back").GetString(), StringComparison.Ordinal);
        Assert.Equal("Bearer s3cret/key+", request.Headers["Authorization"]);
        Assert.False(request.Headers.ContainsKey("X-Evil"));
        Assert.Equal("a\"b\\c&d=e<f>'gX-Evil: 1 {to} ?", request.Headers["X-Text"]);
        Assert.Equal(6, json.EnumerateObject().Count());
    }

    [Fact]
    public async Task A_form_keeps_its_fields()
    {
        var request = await SendAsync(new SmsGatewaySettings { Url = _gateway.BaseUrl + "/send", ContentType = "application/x-www-form-urlencoded", Body = "to={to}&text={text}&key={secret:" + SecretSetting + "}" });
        var form = HttpUtility.ParseQueryString(request.Body);
        Assert.Equal((ChannelCase.Number(1), Nasty, "s3cret/key+", 3), (form["to"], form["text"], form["key"], form.Count));
    }

    [Fact]
    public async Task Xml_keeps_its_elements()
    {
        var request = await SendAsync(new SmsGatewaySettings { Url = _gateway.BaseUrl + "/send", ContentType = "application/xml", Body = "<sms to=\"{to}\"><text>{text}</text></sms>" });
        var xml = XDocument.Parse(request.Body);
        Assert.Equal((ChannelCase.Number(1), Nasty), (xml.Root!.Attribute("to")!.Value, xml.Root.Element("text")!.Value));
        Assert.Single(xml.Root.Elements());
    }

    [Fact]
    public async Task An_address_keeps_its_parameters()
    {
        var request = await SendAsync(new SmsGatewaySettings { Method = "GET", Url = _gateway.BaseUrl + "/send?to={to}&text={text}", Headers = new Dictionary<string, string> { ["Authorization"] = "Basic {basic:oak:" + SecretSetting + "}" } });
        var query = HttpUtility.ParseQueryString(request.Path[request.Path.IndexOf('?', StringComparison.Ordinal)..]);
        Assert.Equal((ChannelCase.Number(1), Nasty, 2), (query["to"], query["text"], query.Count));
        Assert.Equal("Basic " + Convert.ToBase64String("oak:s3cret/key+"u8), request.Headers["Authorization"]);
    }

    [Theory]
    [InlineData(200, "0", "sent", 0)]
    [InlineData(200, "5", "failed", (int)ResponseCategory.FatalBounce)]
    [InlineData(200, "6", "failed", (int)ResponseCategory.Bounce)]
    [InlineData(200, "7", "waiting", 0)]
    [InlineData(200, "8", "waiting", 0)]
    [InlineData(200, "9", "unknown", 0)]
    [InlineData(202, "0", "sent", 0)]
    [InlineData(400, "0", "failed", (int)ResponseCategory.Bounce)]
    [InlineData(401, "0", "waiting", 0)]
    [InlineData(429, "0", "waiting", 0)]
    [InlineData(500, "0", "unknown", 0)]
    [InlineData(504, "0", "unknown", 0)]
    public async Task Rules_come_before_the_status(int status, string code, string expected, int category)
    {
        GatewayRule Rule(string value, string means) => new() { Status = "2xx", Path = "messages.0.status", Values = [value], Means = means };
        _gateway.Status = status;
        _gateway.Answer = $"{{\"messages\":[{{\"id\":\"m-1\",\"status\":\"{code}\"}}]}}";
        await SendAsync(new SmsGatewaySettings
        {
            Url = _gateway.BaseUrl + "/send",
            Body = "{}",
            IdPath = "messages.0.id",
            Rules = [Rule("5", "invalid"), Rule("6", "giveUp"), Rule("7", "retry"), Rule("8", "throttled"), Rule("9", "unknown")],
        });
        var counts = _delivery.Ledger.Count(_mailing);
        Assert.Equal(expected, counts switch { { Sent: 1 } => "sent", { Failed: 1 } => "failed", { Unknown: 1 } => "unknown", { Waiting: 1 } => "waiting", _ => "something else" });
        Assert.Equal(category == 0 ? [] : [category], await NumbersAsync("SELECT category FROM response"));
        Assert.Equal(expected == "sent" ? [1] : [0], await NumbersAsync("SELECT COUNT(*) FROM channel_message WHERE provider = 'test/sms-http' AND provider_id = 'm-1'"));
    }

    [Theory]
    [InlineData("https://x.example/{telephone}", "{telephone}")]
    [InlineData("http://x.example/", "expected https")]
    [InlineData("x.example", "expected an address")]
    public void A_url_that_cannot_be_is_refused(string url, string said) =>
        Assert.Contains(ChannelRules.Faults(new SmsSettings { Http = new SmsGatewaySettings { Url = url } }), fault => fault.Contains(said, StringComparison.Ordinal));

    private long _mailing;

    private async Task<DoubleRequest> SendAsync(SmsGatewaySettings settings)
    {
        Assert.Empty(ChannelRules.Faults(new SmsSettings { Http = settings }));
        var client = ChannelCase.Client(new SmsSettings { Http = settings });
        var mailing = await _delivery.MailingAsync(ChannelCase.Sms("{{ firstname }}"), client, (ChannelCase.Number(1), Nasty));
        await _delivery.SendAsync(mailing);
        _mailing = mailing.MailingId;
        return Assert.Single(_gateway.Requests);
    }

    private Task<List<long>> NumbersAsync(string sql) => _delivery.Get<LedgerWriter>().WriteAsync(context => context.Statement(sql).Numbers());
}
