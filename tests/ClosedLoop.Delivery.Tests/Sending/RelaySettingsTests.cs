using System.Security.Cryptography.X509Certificates;
using ClosedLoop.Delivery.Sending;
using ClosedLoop.Mail.Sink;
using ClosedLoop.Mail.Smtp;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Recipients;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClosedLoop.Delivery.Tests.Sending;

/// <summary>What a client's definition says about its relay reaches the dialogue.</summary>
public sealed class RelaySettingsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("closedloop-relay-").FullName;
    private readonly X509Certificate2 _certificate = TestCertificate.For("127.0.0.1");

    public void Dispose()
    {
        _certificate.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static RelayPools Pools(DeliveryMode mode = DeliveryMode.Live, Func<string, CancellationToken, ValueTask<SmtpTlsPolicy>>? policy = null, int sinkPort = 1) => new(
        new DeliveryOptions { Mode = mode, SinkPort = sinkPort, TrackingBase = new Uri("https://t.example"), ClientName = "mail.example", TlsPolicy = policy },
        TimeProvider.System, NullLogger<RelayPools>.Instance);

    private static ClientDefinition Client(RelaySettings relay) => new() { Id = 9, Key = "test", Sender = new SenderSettings { Address = "news@sender.example" }, Relay = relay };

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private RelaySettings Protected(SmtpSink sink) => new() { Host = "127.0.0.1", Port = sink.EndPoint.Port, CertificateFile = Write("ca.pem", _certificate.ExportCertificatePem()) };

    private static async Task<SmtpResult> ConnectAsync(SmtpConnectionPool pool)
    {
        try
        {
            var connection = await pool.RentAsync(CancellationToken.None);
            connection.Abort();
            await pool.ReturnAsync(connection);
            return new SmtpResult(SmtpAction.Accepted, 0, default, "", SmtpStage.Connect);
        }
        catch (SmtpConnectException e)
        {
            return e.Result;
        }
    }

    [Fact]
    public async Task Token_is_read_again_for_every_connection()
    {
        await using var sink = SmtpSink.Start(new SmtpSinkOptions { Certificate = _certificate, Users = new Dictionary<string, string> { ["oak"] = "second" }, RequireAuth = true });
        var token = Write("token", "first\n");
        await using var pools = Pools();
        var pool = pools.Of(Client(Protected(sink) with { User = "oak", TokenFile = token }));

        var first = await ConnectAsync(pool);
        Write("token", "second\n");
        var second = await ConnectAsync(pool);
        File.Delete(token);
        var third = await ConnectAsync(pool);

        Assert.Equal((535, SmtpStage.Auth), (first.Code, first.Stage));
        Assert.Equal(SmtpAction.Accepted, second.Action);
        Assert.Equal((SmtpAction.DropConnection, SmtpStage.Auth), (third.Action, third.Stage));
    }

    [Fact]
    public async Task Certificate_file_that_cannot_be_read_is_looked_at_again()
    {
        await using var sink = SmtpSink.Start(new SmtpSinkOptions { Certificate = _certificate });
        await using var pools = Pools();
        var client = Client(Protected(sink) with { CertificateFile = Path.Combine(_folder, "late.pem") });

        Assert.StartsWith("CL5005", Assert.Throws<ArgumentException>(() => pools.Of(client)).Message, StringComparison.Ordinal);
        Write("late.pem", "nothing");
        Assert.StartsWith("CL5005", Assert.Throws<ArgumentException>(() => pools.Of(client)).Message, StringComparison.Ordinal);
        Write("late.pem", _certificate.ExportCertificatePem());

        Assert.Equal(SmtpAction.Accepted, (await ConnectAsync(pools.Of(client))).Action);
    }

    [Theory]
    [InlineData(DeliveryMode.Live, "5.7.10")]
    [InlineData(DeliveryMode.Sink, "0.0.0")]
    public async Task Policy_of_the_options_is_asked_for_the_relay_and_not_for_the_sink(DeliveryMode mode, string code)
    {
        await using var sink = SmtpSink.Start(new SmtpSinkOptions());
        var asked = new List<string>();
        await using var pools = Pools(mode, (host, _) =>
        {
            asked.Add(host);
            return ValueTask.FromResult(new SmtpTlsPolicy(Required: true));
        }, sink.EndPoint.Port);

        var result = await ConnectAsync(pools.Of(Client(new RelaySettings { Host = "127.0.0.1", Port = sink.EndPoint.Port, Tls = "opportunistic" })));

        Assert.Equal(code, result.EnhancedCode is var e && e == default ? "0.0.0" : e.ToString());
        Assert.Equal(mode == DeliveryMode.Live ? ["127.0.0.1"] : [], asked);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task Chunks_are_sent_as_the_client_wants(bool wanted, int chunks)
    {
        await using var delivery = DeliveryFixture.Start(mode: DeliveryMode.Live);
        var client = delivery.Client with { Relay = new RelaySettings { Host = "127.0.0.1", Port = delivery.Sink!.EndPoint.Port, Tls = "none", Chunking = wanted } };

        await delivery.SendAsync(await delivery.MailingAsync(DeliveryFixture.Source(), client, "anna@a.example"));

        Assert.Equal(chunks, Assert.Single(delivery.Received).Chunks);
    }

    [Theory]
    [InlineData(true, 1, RecipientState.Sent)]
    [InlineData(false, 0, RecipientState.Failed)]
    public async Task Letters_beyond_ascii_go_out_where_the_client_wants_them(bool wanted, int received, RecipientState state)
    {
        await using var delivery = DeliveryFixture.Start();
        var client = delivery.Client with { Relay = new RelaySettings { SmtpUtf8 = wanted, Dsn = "failure" } };

        var mailing = await delivery.MailingAsync(DeliveryFixture.Source(), client, "jürgen@a.example");
        await delivery.SendAsync(mailing);

        Assert.Equal(received, delivery.Received.Count(message => message.Record.To.Single() == "jürgen@a.example"));
        Assert.Equal(1, state == RecipientState.Sent ? delivery.Ledger.Count(mailing.MailingId).Sent : delivery.Ledger.Count(mailing.MailingId).Failed);
        Assert.All(delivery.Received, message => Assert.Contains("To: jürgen@a.example\r\n", System.Text.Encoding.UTF8.GetString(message.Raw.Span), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("none", null)]
    [InlineData("never", "NOTIFY=NEVER")]
    [InlineData("failure", "RET=HDRS ENVID={0} NOTIFY=FAILURE ORCPT=rfc822;an+2Bna@a.example")]
    public async Task Reports_are_asked_for_as_the_client_wants(string dsn, string? parameters)
    {
        await using var delivery = DeliveryFixture.Start();
        var client = delivery.Client with { Relay = new RelaySettings { Dsn = dsn } };

        await delivery.SendAsync(await delivery.MailingAsync(DeliveryFixture.Source(), client, "an+na@a.example"));

        var record = Assert.Single(delivery.Received).Record;
        Assert.Equal(parameters?.Replace("{0}", record.MessageId!.Trim('<').Split('@')[0], StringComparison.Ordinal), record.Dsn);
    }
}
