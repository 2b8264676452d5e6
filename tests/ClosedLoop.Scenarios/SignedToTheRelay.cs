using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ClosedLoop.Mail.Mime;
using ClosedLoop.Mail.Sink;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Scenarios.Support;

namespace ClosedLoop.Scenarios;

/// <summary>The way out and back in mode Live: signed, protected, authenticated, verified by a program that is not ours, and a bounce that finds its recipient.</summary>
public sealed partial class SignedToTheRelay
{
    private const int Recipients = 30;
    private const string Key = "a-key-of-the-relay";
    private const string Password = "s3cret-of-the-relay";

    [NeedsPythonFact("dkim", "nacl")]
    public async Task A_mailing_goes_out_signed_over_TLS_and_its_bounce_comes_back()
    {
        using var installation = await Installation.CreateAsync(embeddedSink: false);
        await SetUpAsync(installation);
        var books = installation.Books;
        await using var relay = await SinkProcess.StartAsync(installation, "--certificate", Path.Combine(installation.AsideFolder, "relay.pem"), "--key", Path.Combine(installation.AsideFolder, "relay.key"), "--user", "oak:" + Password);
        await using var silo = await SiloProcess.StartAsync(installation);
        var dns = DnsOf(silo.Error);

        var file = installation.Drop(Enumerable.Range(0, Recipients).Select(i => Installation.Row($"{(i % 10 == 7 ? "käthe" : "reader")}.{i}@example.org")));
        await Eventually.ThatAsync("end of the mailing", () => books.IsFinished(file), silo);

        var sent = books.Sink();
        Assert.All(books.AssertBalance(file, Recipients).Values, state => Assert.Equal(RecipientState.Sent, state));
        Assert.Equal(Recipients, sent.Count);
        Assert.All(sent, record => Assert.Equal("oak", record.User));
        Assert.All(sent, record => Assert.Matches(@"^RET=HDRS ENVID=\d+\.\d+ NOTIFY=FAILURE( ORCPT=rfc822;reader|$)", record.Dsn));
        Assert.Equal(3, sent.Count(record => record.To[0].StartsWith("käthe.", StringComparison.Ordinal)));
        Assert.All(sent, record => Assert.EndsWith("@bounce.example.org", record.From, StringComparison.Ordinal));
        Assert.Equal(Recipients, sent.Select(record => record.From).Distinct(StringComparer.Ordinal).Count());

        var messages = sent.Select(record => SinkLedger.ReadMessage(books.SinkLedgerPath, record)).ToList();
        Assert.All(messages, AssertUnsubscribeIsSigned);
        Assert.Equal($"good {2 * Recipients} bad 0", await DkimVerifier.RunAsync(dns, messages));

        var bounced = sent.First(record => record.To[0].StartsWith("käthe.", StringComparison.Ordinal));
        Assert.True(await ReturnedMails.PostAsync(silo, ReturnedMails.Bounce(bounced), Key));
        var export = await installation.ExportAsync(silo);
        var response = Assert.Single(export.Rows("responses"));
        Assert.Equal((bounced.To[0], "fatal_bounce"), (response["userId"], response["category"]));
        Assert.DoesNotContain(Password, silo.Error, StringComparison.Ordinal);
    }

    /// <summary>What an operator sets before going live, all by environment and definition.</summary>
    private static async Task SetUpAsync(Installation installation)
    {
        var certificate = RelayCertificate.Make(installation);
        using var rsa = RSA.Create(2048);
        var ed25519 = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n";
        var environment = installation.Environment;
        environment["ClosedLoop__Delivery__Mode"] = "Live";
        environment["ClosedLoop__Delivery__ClientName"] = "mail.example.org";
        environment["ClosedLoop__Tracking__BaseUrl"] = "https://news.example.org";
        environment["ClosedLoop__Inbound__UnsubscribeDomain"] = "bounce.example.org";
        environment["ClosedLoop__Inbound__HttpKeyFile"] = installation.Aside("key", Encoding.ASCII.GetBytes(Key));
        environment["OAK_RELAY_PASSWORD"] = Password;
        foreach (var (i, selector, pem) in ((int, string, string)[])[(0, "rsa1", rsa.ExportPkcs8PrivateKeyPem()), (1, "ed1", ed25519)])
        {
            environment[string.Create(CultureInfo.InvariantCulture, $"ClosedLoop__Delivery__Dkim__{i}__Domain")] = "news.example.org";
            environment[string.Create(CultureInfo.InvariantCulture, $"ClosedLoop__Delivery__Dkim__{i}__Selector")] = selector;
            environment[string.Create(CultureInfo.InvariantCulture, $"ClosedLoop__Delivery__Dkim__{i}__KeyFile")] = installation.Aside(selector + ".pem", Encoding.ASCII.GetBytes(pem));
        }

        SampleDefinitions.Write(installation.Definitions, "hold", string.Create(CultureInfo.InvariantCulture,
            $$"""
            "relay": { "host": "127.0.0.1", "port": {{installation.SinkPort}}, "tls": "required", "certificateFile": "{{certificate.File}}", "user": "oak", "passwordSetting": "OAK_RELAY_PASSWORD", "dsn": "failure", "smtpUtf8": true },
            """));
        (await installation.RunAsync("apply", installation.Definitions)).Succeeded();
    }

    /// <summary>The records the service told at its start, as an operator would publish them.</summary>
    private static JsonObject DnsOf(string log)
    {
        Assert.DoesNotContain("PRIVATE", log, StringComparison.Ordinal);
        var dns = new JsonObject();
        foreach (Match match in RecordPattern().Matches(log)) dns[match.Groups[1].Value] = match.Groups[2].Value;
        Assert.Equal(["ed1._domainkey.news.example.org", "rsa1._domainkey.news.example.org"], dns.Select(record => record.Key).Order(StringComparer.Ordinal));
        return dns;
    }

    private static void AssertUnsubscribeIsSigned(byte[] raw)
    {
        var message = MimeMessage.Parse(raw);
        Assert.Matches(@"^<https://news\.example\.org/u/[^>]+>, ?<mailto:[^>]+@bounce\.example\.org\?subject=unsubscribe>$", message.Headers["List-Unsubscribe"]);
        Assert.Equal("List-Unsubscribe=One-Click", message.Headers["List-Unsubscribe-Post"]);
        var signatures = message.Headers.FindAll("DKIM-Signature").ToList();
        Assert.Equal(2, signatures.Count);
        Assert.All(signatures, signature =>
        {
            var tag = SpacePattern().Replace(signature.Value, "").Split(';').Single(part => part.StartsWith("h=", StringComparison.Ordinal));
            var names = tag[2..].Split(':');

            // Once for the field that is there, once more so that nobody adds another.
            Assert.All((string[])["List-Unsubscribe", "List-Unsubscribe-Post", "From", "Feedback-ID"], name => Assert.Equal(2, names.Count(n => n.Equals(name, StringComparison.OrdinalIgnoreCase))));
        });
    }

    [GeneratedRegex(@"TXT record at (\S+): (v=DKIM1; k=\S+; p=\S+)")]
    private static partial Regex RecordPattern();

    [GeneratedRegex(@"\s+")]
    private static partial Regex SpacePattern();
}
