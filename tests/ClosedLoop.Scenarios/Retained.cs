using System.Globalization;
using System.Net;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Scenarios.Support;

namespace ClosedLoop.Scenarios;

/// <summary>Day 31: what is known of recipients is gone, what protects them is not (closed-loop specification, section 18; acceptance test 15).</summary>
public sealed class Retained
{
    private const string Key = "a-key-of-the-relay";
    private const string Leaver = "leaver@example.org";
    private const string Late = "late@example.org";
    private const string Reader = "reader@example.org";
    private const string Agent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

    private static readonly string[] Addresses = [Leaver, Late, Reader, "hard.1@example.org"];

    [Trait("Acceptance", "15")]
    [Fact]
    public async Task On_day_31_events_and_files_are_gone_and_unsubscribes_are_not()
    {
        using var installation = await Installation.CreateAsync();
        installation.Settings.Add("Inbound:HttpKeyFile=" + installation.Aside("key", System.Text.Encoding.UTF8.GetBytes(Key + "\n")));
        var silo = await SiloProcess.StartAsync(installation);
        var books = installation.Books;
        var file = installation.Drop(Addresses.Select(address => Installation.Row(address)));
        await Eventually.ThatAsync("end of the mailing", () => books.IsFinished(file), silo);
        var (mail, late) = (ReceivedMail.Of(books, Reader), ReceivedMail.Of(books, Late));
        Assert.Equal(HttpStatusCode.OK, await UnsubscribeAsync(silo, ReceivedMail.Of(books, Leaver)));
        Assert.Equal(HttpStatusCode.Found, await StatusAsync(silo, mail.Links[0]));
        await Eventually.ThatAsync("events", () => books.Scalar("SELECT COUNT(*) FROM event") == 2, silo);
        await installation.ExportAsync(silo);
        Assert.Equal(HttpStatusCode.Found, await StatusAsync(silo, mail.Links[0]));
        await Eventually.ThatAsync("events", () => books.Scalar("SELECT COUNT(*) FROM event") == 3, silo);
        var sums = (await installation.RunAsync("mailings", "ls", "--json")).Succeeded().Json().GetProperty("mailings")[0].GetProperty("counts").GetRawText();
        await silo.TerminateAsync();

        Age(installation, TimeSpan.FromDays(31));
        silo = await SiloProcess.StartAsync(installation);
        await using var running = silo;
        await Eventually.ThatAsync("removal", () => books.Scalar("SELECT purged FROM mailing") == 2, silo);

        foreach (var table in new[] { "recipient", "ledger", "response", "event" }) Assert.Equal(0, books.Scalar($"SELECT COUNT(*) FROM {table}"));
        var listed = (await installation.RunAsync("mailings", "ls", "--json")).Succeeded().Json().GetProperty("mailings")[0];
        Assert.Equal(sums, listed.GetProperty("counts").GetRawText());
        Assert.True(listed.GetProperty("addsUp").GetBoolean());
        (await installation.RunAsync("status")).Succeeded();
        foreach (var folder in new[] { "log", "out", "archive", "error" })
            await Eventually.ThatAsync($"empty {folder}/", () => Directory.GetFiles(installation.Folder(folder)).Length == 0, silo);

        // A late click gets where it wanted and leaves nothing; a late unsubscribe counts.
        Assert.Equal(HttpStatusCode.Found, await StatusAsync(silo, mail.Links[0]));
        Assert.Equal(HttpStatusCode.OK, await UnsubscribeAsync(silo, late));
        await Eventually.ThatAsync("unsubscribe", () => books.Scalar("SELECT COUNT(*) FROM suppression") == 2, silo);
        Assert.True(await ReturnedMails.PostAsync(silo, ReturnedMails.Bounce(books.SinkByAddress()[Reader].Single()), Key));
        await Eventually.ThatAsync("counted bounce or none", () => books.Scalar("SELECT COUNT(*) FROM inbound_mail") == 1, silo);
        Assert.Equal(0, books.Scalar("SELECT COUNT(*) FROM event") + books.Scalar("SELECT COUNT(*) FROM response"));
        var export = await installation.ExportAsync(silo);
        foreach (var table in export.Paths.Keys) Assert.Empty(export.Rows(table));

        var refused = await installation.RunAsync("mailings", "resend", books.Scalar("SELECT mailing_id FROM mailing").ToString(CultureInfo.InvariantCulture));
        Assert.Equal(8, refused.ExitCode);
        var next = installation.Drop([.. Addresses.Select(address => Installation.Row(address, wave: 502)), Installation.Row("new@example.org", wave: 502)]);
        await Eventually.ThatAsync("end of the next mailing", () => books.IsFinished(next), silo);
        var ledger = books.AssertBalance(next, rows: 5);
        Assert.Equal([RecipientState.Suppressed, RecipientState.Suppressed, RecipientState.Sent], new[] { Leaver, Late, Reader }.Select(address => ledger[address]));
    }

    /// <summary>As if so much time had passed since everything that is in the books and folders. Names of files are dates of March 2026 anyway.</summary>
    private static void Age(Installation installation, TimeSpan time)
    {
        var ago = ((long)time.TotalMicroseconds).ToString(CultureInfo.InvariantCulture);
        installation.Books.Tamper($"UPDATE mailing SET started_at = started_at - {ago}, finished_at = finished_at - {ago}");
        installation.Books.Tamper($"UPDATE inbound_file SET recorded = recorded - {ago}, claimed_at = claimed_at - {ago}, received_at = received_at - {ago}");
        foreach (var path in Directory.EnumerateFiles(Path.Combine(installation.Data, "drop"), "*", SearchOption.AllDirectories))
            File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(path) - time);
    }

    private static async Task<HttpStatusCode> UnsubscribeAsync(SiloProcess silo, ReceivedMail mail)
    {
        using var oneClick = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        using var response = await silo.SendAsync(HttpMethod.Post, mail.Unsubscribe, oneClick, Agent);
        return response.StatusCode;
    }

    private static async Task<HttpStatusCode> StatusAsync(SiloProcess silo, string url)
    {
        using var response = await silo.SendAsync(HttpMethod.Get, url, agent: Agent);
        return response.StatusCode;
    }
}
