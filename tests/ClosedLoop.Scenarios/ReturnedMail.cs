using System.Globalization;
using System.Net;
using System.Runtime.Versioning;
using ClosedLoop.Mail.Inbound;
using ClosedLoop.Mail.Smtp;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Scenarios.Support;
using ClosedLoop.Testing.Servers;
using Xunit.Abstractions;

namespace ClosedLoop.Scenarios;

/// <summary>Mail that comes back is in the response files once, by whichever way it came and whenever the process died.</summary>
public sealed class ReturnedMail(ITestOutputHelper output)
{
    private const int Recipients = 24;
    private const int Kills = 4;
    private const string Key = "a-key-of-the-relay";

    [Fact]
    public async Task Bounces_by_Maildir_and_HTTP_come_back_once_though_the_process_is_killed()
    {
        var random = Seed.Next(output);
        using var installation = await WithEntriesAsync();
        var silo = await SiloProcess.StartAsync(installation);
        var books = installation.Books;
        var file = await MailAsync(installation, silo);
        var maildir = new MaildirReader(MaildirOf(installation), 1_000_000);
        var posted = new List<byte[]>();
        foreach (var (record, i) in books.Sink().Select((record, i) => (record, i)))
        {
            var mail = ReturnedMails.Bounce(record);
            if (i % 2 == 0) maildir.Deliver(string.Create(CultureInfo.InvariantCulture, $"{i:000}.scenario.host"), mail);
            else posted.Add(mail);
        }

        var accepted = new bool[posted.Count];
        for (var kill = 0; kill < Kills; kill++)
        {
            var current = silo;
            var posting = Task.Run(async () =>
            {
                // A relay that got no answer hands the mail in again.
                for (var i = 0; i < posted.Count; i++) accepted[i] |= await ReturnedMails.PostAsync(current, posted[i], Key);
            });
            await Task.Delay(random.Next(150));
            await silo.KillAsync();
            await posting;
            silo = await SiloProcess.StartAsync(installation);
        }

        await using var last = silo;
        for (var i = 0; i < posted.Count; i++) Assert.True(await ReturnedMails.PostAsync(silo, posted[i], Key));
        await Eventually.ThatAsync("empty Maildir", () => maildir.New().Count == 0, silo);

        await AssertEachOnceAsync(installation, silo);
        Assert.Equal(Recipients, Directory.GetFiles(Path.Combine(installation.Data, "inbound"), "*.eml", SearchOption.AllDirectories).Length);
        books.AssertBalance(file, Recipients);
    }

    [DovecotFact]
    [UnsupportedOSPlatform("windows")]
    public async Task Bounces_by_POP3_come_back_once_though_the_process_is_killed()
    {
        var random = Seed.Next(output);
        using var box = await DovecotBox.StartAsync();
        using var installation = await Installation.CreateAsync();
        var password = installation.Aside("password", "secret\n"u8.ToArray());
        installation.Settings.AddRange(["Inbound:Pop3:Host=127.0.0.1", $"Inbound:Pop3:Port={box.Port}", "Inbound:Pop3:Tls=None", "Inbound:Pop3:User=returns", $"Inbound:Pop3:PasswordFile={password}", "Inbound:PollSeconds=0.1"]);
        var silo = await SiloProcess.StartAsync(installation);
        await MailAsync(installation, silo);
        foreach (var (record, i) in installation.Books.Sink().Select((record, i) => (record, i)))
            box.Deliver(string.Create(CultureInfo.InvariantCulture, $"{i:000}.scenario.host"), ReturnedMails.Bounce(record));

        for (var kill = 0; kill < Kills && box.Mails.Count > 0; kill++)
        {
            await Task.Delay(random.Next(200));
            await silo.KillAsync();
            silo = await SiloProcess.StartAsync(installation);
        }

        await using var last = silo;
        await Eventually.ThatAsync("empty box", () => box.Mails.Count == 0, silo);
        await AssertEachOnceAsync(installation, silo);
    }

    [Trait("Acceptance", "11")]
    [Fact]
    public async Task Three_hard_bounces_end_the_mail_to_an_address_until_it_is_reset()
    {
        using var installation = await WithEntriesAsync();
        await using var silo = await SiloProcess.StartAsync(installation);
        var books = installation.Books;
        var wave = 500;

        // Each file is new: the same content twice is refused.
        string[] Rows() => [Installation.Row("gone@example.org", ++wave), Installation.Row("reader@example.org", wave)];
        for (var i = 0; i < 3; i++)
        {
            var file = installation.Drop(Rows());
            await Eventually.ThatAsync("end of the mailing", () => books.IsFinished(file), silo);
            Assert.Equal(RecipientState.Sent, books.Ledger(file)["gone@example.org"]);
            Assert.True(await ReturnedMails.PostAsync(silo, ReturnedMails.Bounce(books.SinkByAddress()["gone@example.org"].Last()), Key));
        }

        var fourth = installation.Drop(Rows());
        await Eventually.ThatAsync("end of the mailing", () => books.IsFinished(fourth), silo);
        Assert.Equal(RecipientState.Suppressed, books.Ledger(fourth)["gone@example.org"]);

        (await installation.RunAsync("responses", "reset", "Gone@example.org", "--client", "demo")).Succeeded();
        var fifth = installation.Drop(Rows());
        await Eventually.ThatAsync("end of the mailing", () => books.IsFinished(fifth), silo);
        Assert.Equal(RecipientState.Sent, books.Ledger(fifth)["gone@example.org"]);
        Assert.NotEqual(0, (await installation.RunAsync("responses", "reset", "gone@example.org", "--client", "demo")).ExitCode);
    }

    [Fact]
    public async Task A_mail_to_the_unsubscribe_address_unsubscribes_and_answers_are_told_apart()
    {
        using var installation = await WithEntriesAsync();
        await using var silo = await SiloProcess.StartAsync(installation);
        var books = installation.Books;
        await MailAsync(installation, silo);
        var sink = books.Sink();
        var maildir = new MaildirReader(MaildirOf(installation), 1_000_000);
        var leaver = sink[0].To[0];
        var address = ReceivedMail.UnsubscribeAddress(books, leaver);
        Assert.EndsWith("@return.example.org", address, StringComparison.Ordinal);

        maildir.Deliver("1.host", ReturnedMails.Letter(leaver, address, "Subject: unsubscribe"));
        maildir.Deliver("2.host", ReturnedMails.Letter(sink[1].To[0], sink[1].From, "Subject: Out of Office\nAuto-Submitted: auto-replied"));
        maildir.Deliver("3.host", ReturnedMails.Letter(sink[2].To[0], "news@example.org", $"Subject: Re: News\nIn-Reply-To: {sink[2].MessageId}"));
        maildir.Deliver("4.host", ReturnedMails.Letter("stranger@example.com", "news@example.org", "Subject: who are you?"));
        await Eventually.ThatAsync("four mails", () => books.Scalar("SELECT COUNT(*) FROM inbound_mail") == 4, silo);

        var export = await installation.ExportAsync(silo);
        Assert.Equal(leaver, Assert.Single(export.Rows("unsubscribes"))["userId"]);
        Assert.Equal([(sink[1].To[0], "autoresponder"), (sink[2].To[0], "unknown")], export.Rows("responses").Select(row => (row["userId"], row["category"])).Order());
        var log = export.Rows("mailingrecipients").ToDictionary(row => row["userId"], StringComparer.Ordinal);
        Assert.Equal(("OK", "autoresponder"), (log[sink[1].To[0]]["deliveryStatus"], log[sink[1].To[0]]["response.category"]));

        var tray = (await installation.RunAsync("responses", "unmatched", "--json")).Succeeded().Json().GetProperty("mails");
        var mail = Assert.Single(tray.EnumerateArray());
        Assert.Equal("who are you?", mail.GetProperty("subject").GetString());
        var shown = (await installation.RunAsync("responses", "show", mail.GetProperty("id").GetInt64().ToString(CultureInfo.InvariantCulture))).Succeeded();
        Assert.Contains("stranger@example.com", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bounce_sent_to_the_built_in_sink_comes_back_once_and_other_mail_does_not()
    {
        using var installation = await Installation.CreateAsync();
        await using var silo = await SiloProcess.StartAsync(installation);
        var books = installation.Books;
        await MailAsync(installation, silo);
        var record = books.Sink()[3];
        var bounce = ReturnedMails.Bounce(record);
        var forged = record.From.Replace("@", "x@", StringComparison.Ordinal);
        var relay = new SmtpRelayOptions { Host = "127.0.0.1", Port = installation.SinkPort, Tls = SmtpTls.None };
        await using (var connection = await SmtpConnection.ConnectAsync(relay, CancellationToken.None))
        {
            foreach (var to in (string[])[record.From, record.From, forged, "somebody@example.org"])
                Assert.Equal(SmtpAction.Accepted, (await connection.SendAsync("", to, bounce, CancellationToken.None)).Action);
        }

        var export = await installation.ExportAsync(silo);
        var response = Assert.Single(export.Rows("responses"));
        Assert.Equal((record.To[0], "fatal_bounce"), (response["userId"], response["category"]));
        Assert.Equal(1, books.Scalar("SELECT COUNT(*) FROM inbound_mail WHERE source = 'sink'"));
        Assert.Equal(Recipients + 4, books.Sink().Count);
    }

    [Fact]
    public async Task The_HTTP_entry_wants_its_key_and_a_mail()
    {
        using var installation = await WithEntriesAsync();
        await using var silo = await SiloProcess.StartAsync(installation);

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(silo, new byte[10], "wrong"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(silo, [], Key));
        Assert.Equal(HttpStatusCode.Accepted, await StatusAsync(silo, new byte[65_536], Key));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await StatusAsync(silo, new byte[65_537], Key));
    }

    private static async Task<HttpStatusCode> StatusAsync(SiloProcess silo, byte[] mail, string key)
    {
        using var content = new ByteArrayContent(mail);
        using var response = await silo.PostMailAsync(content, key);
        return response.StatusCode;
    }

    private static string MaildirOf(Installation installation) => Path.Combine(installation.Data, "maildir");

    private static async Task<Installation> WithEntriesAsync()
    {
        var installation = await Installation.CreateAsync();
        var key = installation.Aside("key", System.Text.Encoding.ASCII.GetBytes(Key + "\n"));
        installation.Settings.AddRange([$"Inbound:Maildir={MaildirOf(installation)}", $"Inbound:HttpKeyFile={key}", "Inbound:PollSeconds=0.1", "Inbound:UnsubscribeDomain=return.example.org", "Inbound:MaxMessageBytes=65536"]);
        return installation;
    }

    private static async Task<string> MailAsync(Installation installation, SiloProcess silo)
    {
        var file = installation.Drop(Enumerable.Range(0, Recipients).Select(i => Installation.Row($"reader.{i}@example.org")));
        await Eventually.ThatAsync("end of the mailing", () => installation.Books.IsFinished(file), silo);
        return file;
    }

    private static async Task AssertEachOnceAsync(Installation installation, SiloProcess silo)
    {
        var export = await installation.ExportAsync(silo);
        var responses = export.Rows("responses");
        Assert.Equal(Recipients, responses.Count);
        Assert.Equal(Recipients, responses.Select(row => row["userId"]).Distinct(StringComparer.Ordinal).Count());
        Assert.All(responses, row => Assert.Equal("fatal_bounce", row["category"]));
        Assert.All(export.Rows("mailingrecipients"), row => Assert.Equal(("sent", "HARD", "fatal_bounce"), (row["sendingStatus"], row["deliveryStatus"], row["response.category"])));
        Assert.Equal(Recipients, installation.Books.Scalar("SELECT COUNT(*) FROM bounce_counter WHERE hard = 1 AND soft = 0"));
    }
}
