using System.Globalization;
using System.Net;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Scenarios.Support;

namespace ClosedLoop.Scenarios;

/// <summary>A finished mailing is sent again to whoever bounced softly (closed-loop specification, section 14; acceptance test 14).</summary>
public sealed class Resend
{
    private const string Key = "a-key-of-the-relay";
    private const string Fine = "fine@example.org";
    private const string Soft = "soft@example.org";
    private const string Gone = "gone@example.org";
    private const string Left = "left@example.org";

    [Trait("Acceptance", "14")]
    [Fact]
    public async Task Same_ids_new_time_listed_again_and_hard_bounced_and_unsubscribed_left_out()
    {
        using var installation = await Installation.CreateAsync();
        installation.Settings.Add("Inbound:HttpKeyFile=" + installation.Aside("key", System.Text.Encoding.UTF8.GetBytes(Key + "\n")));
        await using var silo = await SiloProcess.StartAsync(installation);
        var books = installation.Books;
        var file = installation.Drop(new[] { Fine, Soft, Gone, Left }.Select(address => Installation.Row(address)));
        await Eventually.ThatAsync("end of the mailing", () => books.IsFinished(file), silo);
        var mailing = books.Scalar("SELECT mailing_id FROM mailing").ToString(CultureInfo.InvariantCulture);
        await BounceAsync(silo, books, Soft, "4.2.2");
        await BounceAsync(silo, books, Left, "4.2.2");
        await BounceAsync(silo, books, Gone, "5.1.1");
        using (var oneClick = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]))
        using (var unsubscribed = await silo.SendAsync(HttpMethod.Post, ReceivedMail.Of(books, Left).Unsubscribe, oneClick))
            Assert.Equal(HttpStatusCode.OK, unsubscribed.StatusCode);
        await Eventually.ThatAsync("unsubscribe and bounces", () => books.Scalar("SELECT COUNT(*) FROM suppression") == 1 && books.Scalar("SELECT COUNT(*) FROM response") == 3, silo);
        var first = await installation.ExportAsync(silo);

        var dry = (await installation.RunAsync("mailings", "resend", mailing, "--dry-run")).Succeeded();
        Assert.Contains("would be sent again to 1; left out: sent 1, hard bounce 1, unsubscribed 1", dry.Output, StringComparison.Ordinal);
        Assert.Equal(4, books.Sink().Count);

        // Times in the files are whole seconds.
        var second = books.Scalar("SELECT MAX(done_at) / 1000000 FROM ledger");
        await Eventually.ThatAsync("a later second", () => DateTimeOffset.UtcNow.ToUnixTimeSeconds() > second + 1, silo);
        (await installation.RunAsync("mailings", "resend", mailing)).Succeeded();
        await Eventually.ThatAsync("end of the resend", () => books.IsFinished(file), silo);
        Assert.Equal(8, (await installation.RunAsync("mailings", "resend", mailing)).ExitCode);
        Assert.Contains("\tR701\t", await File.ReadAllTextAsync(Path.Combine(installation.Folder("log"), Path.ChangeExtension(file, ".log"))), StringComparison.Ordinal);

        Assert.Equal([1, 2, 1, 1], new[] { Fine, Soft, Gone, Left }.Select(address => books.SinkByAddress()[address].Count()));
        Assert.Single(books.SinkByAddress()[Soft].Select(message => message.MessageId).Distinct());
        Assert.All(books.AssertBalance(file, rows: 4).Values, state => Assert.Equal(RecipientState.Sent, state));
        var again = await installation.ExportAsync(silo);
        var (was, now) = (Assert.Single(first.Rows("mailings")), Assert.Single(again.Rows("mailings")));
        Assert.Equal((was["id"], was["compoundMasterId"], was["started"]), (now["id"], now["compoundMasterId"], now["started"]));
        Assert.True(string.CompareOrdinal(now["finished"], was["finished"]) > 0, $"{was["finished"]} → {now["finished"]}");
        Assert.Equal(Log(first).ToDictionary(row => row.Key, row => row.Value.Id), Log(again).ToDictionary(row => row.Key, row => row.Value.Id));
        Assert.Equal(("sent", "SOFT", "temporary_bounce"), Log(first)[Soft].Status);
        Assert.Equal(("sent", "OK", ""), Log(again)[Soft].Status);
        Assert.True(string.CompareOrdinal(Log(again)[Soft].Created, Log(first)[Soft].Created) > 0);
        foreach (var address in new[] { Fine, Gone, Left }) Assert.Equal(Log(first)[address], Log(again)[address]);
        Assert.Equal(3, first.Rows("responses").Count);
        Assert.Empty(again.Rows("responses"));
        await silo.TerminateAsync();
        foreach (var run in new[] { first, again })
        {
            var rebuild = await installation.RunAsync("export", "rebuild", run.RunId.ToString(CultureInfo.InvariantCulture), Path.Combine(installation.Data, "again", run.RunId.ToString(CultureInfo.InvariantCulture)), "--json");
            Assert.True(rebuild.Succeeded().Json().GetProperty("identical").GetBoolean());
        }
    }

    private static Dictionary<string, (string Id, string Created, (string Sending, string Delivery, string Category) Status)> Log(ExportedRun run) => run.Rows("mailingrecipients").ToDictionary(
        row => row["userId"], row => (row["id"], row["created"], (row["sendingStatus"], row["deliveryStatus"], row["response.category"])), StringComparer.Ordinal);

    private static async Task BounceAsync(SiloProcess silo, Books books, string address, string status) =>
        Assert.True(await ReturnedMails.PostAsync(silo, ReturnedMails.Bounce(Assert.Single(books.SinkByAddress()[address]), status, "the mailbox says so"), Key));
}
