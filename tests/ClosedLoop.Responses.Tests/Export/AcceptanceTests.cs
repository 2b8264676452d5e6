using System.Text;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Events;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Responses;

namespace ClosedLoop.Responses.Tests.Export;

/// <summary>Acceptance tests 12 and 13 of the closed-loop specification, section 20.</summary>
public class AcceptanceTests
{
    [Trait("Acceptance", "12")]
    [Theory]
    [InlineData(ExportRecipients.Snapshot)]
    [InlineData(ExportRecipients.Changed)]
    public async Task Test_12_late_bounce_after_the_run(ExportRecipients recipients)
    {
        await using var test = await ExportTest.CreateAsync(settings => settings with { Recipients = recipients });
        var mailing = await test.Data.StartAsync("a@x.org", "b@x.org");
        for (var i = 0; i < 2; i++) await test.Data.SettleAsync(mailing, i, RecipientState.Sent);
        await test.Data.At("2026-03-02 09:30:00").FinishAsync(mailing);
        var first = await test.Data.RunAt(test, "2026-03-03 02:00:00");
        await test.Data.At("2026-03-03 07:00:00").RespondAsync(mailing, 1, ResponseCategory.FatalBounce);
        var second = await test.Data.RunAt(test, "2026-03-04 02:00:00");
        Assert.Equal(new string?[] { "b@x.org", "2026-03-03 07:00:00", "fatal_bounce" }, Assert.Single(test.Rows("20260304", "responses"))[3..]);
        if (recipients == ExportRecipients.Snapshot)
        {
            Assert.Empty(test.Rows("20260304", "mailingrecipients"));
            Assert.Empty(test.Rows("20260304", "mailings"));
        }
        else
        {
            Assert.Equal(new string?[] { "b@x.org", "2026-03-02 09:00:00", "sent", "HARD", "fatal_bounce" }, Assert.Single(test.Rows("20260304", "mailingrecipients"))[3..]);
            Assert.Equal("2026-03-02 09:30:00", Assert.Single(test.Rows("20260304", "mailings"))[5]);
        }

        // No new links, and nothing changes about the run before.
        Assert.Empty(test.Rows("20260304", "links"));
        Assert.Equal(new string?[] { "OK", null }, test.Rows("20260303", "mailingrecipients")[1][6..]);
        await test.AssertRebuildsIdenticalAsync(first.RunId);
        await test.AssertRebuildsIdenticalAsync(second.RunId);
    }

    [Trait("Acceptance", "13")]
    [Theory]
    [InlineData(true, ExportQuote.All, "\"25000000001\";\"71000000002\";\"90000000001\";\"a@x.org\";\"2026-10-25 02:59:58\";\"sent\";\"OK\";\n")]
    [InlineData(false, ExportQuote.All, "\"25000000001\";\"71000000002\";\"90000000001\";\"a@x.org\";\"2026-10-25 02:59:58\";\"sent\";\"OK\";\n")]
    [InlineData(true, ExportQuote.Minimal, "25000000001;71000000002;90000000001;a@x.org;2026-10-25 02:59:58;sent;OK;\n")]
    [InlineData(false, ExportQuote.Minimal, "25000000001;71000000002;90000000001;a@x.org;2026-10-25 02:59:58;sent;OK;\n")]
    public async Task Test_13_golden_files(bool header, ExportQuote quote, string sentRow)
    {
        await using var test = await ExportTest.CreateAsync(
            settings => settings with { Header = header, Quote = quote, TimeZone = "Europe/Berlin", ExtraFields = ["salutation", "firstname"] }, start: "2026-10-25 00:59:57");
        test.Links.Links = [new("Say \"hi\";\nnow", "https://example.org/?a=1;2")];

        // Salutation is NULL, first name the empty text.
        var mailing = await test.Data.StartAsync(1, ["a@x.org", "b@x.org"], _ => [2, (byte)'a', 2, (byte)'1', 0, 0, 1]);
        await test.Data.At("2026-10-25 00:59:58").SettleAsync(mailing, 0, RecipientState.Sent);

        // One second later by the sun, an hour earlier by the clock on the wall.
        await test.Data.At("2026-10-25 01:00:00").SettleAsync(mailing, 1, RecipientState.Failed);
        await test.Data.TrackAsync(TrackedEventKind.Click, mailing, 0, 1);
        var run = await test.Data.RunAt(test, "2026-10-26 01:00:00");

        string Header(string names) => !header ? "" : quote == ExportQuote.All ? $"\"{names.Replace(";", "\";\"", StringComparison.Ordinal)}\"\n" : names + "\n";
        var failedRow = sentRow.Replace("25000000001", "25000000002", StringComparison.Ordinal).Replace("a@x.org", "b@x.org", StringComparison.Ordinal)
            .Replace("02:59:58", "02:00:00", StringComparison.Ordinal).Replace("sent", "could_not_be_sent", StringComparison.Ordinal)
            .Replace(quote == ExportQuote.All ? "\"OK\"" : "OK", "", StringComparison.Ordinal);
        string Extra(string row) => row[..^1] + ";;\"\"\n";
        Assert.Equal(Header("id;mailingId;mailingGroupId;userId;created;sendingStatus;deliveryStatus;response.category;user.salutation;user.firstname") + Extra(sentRow) + Extra(failedRow),
            test.Published("20261026_mailingrecipients.csv"));
        var name = "\"Say \"\"hi\"\"; now\";\"https://example.org/?a=1;2\"\n";
        Assert.Contains(name, test.Published("20261026_links.csv"), StringComparison.Ordinal);
        Assert.Equal(header ? 5 : 4, test.Published("20261026_links.csv").Count(c => c == '\n'));
        Assert.Equal(Header("mailingId;mailingToUserId;mailingGroupId;userId;created;category;user.salutation;user.firstname"), test.Published("20261026_responses.csv"));

        // A day without events, and each run written again.
        var empty = await test.Data.RunAt(test, "2026-10-27 01:00:00");
        foreach (var (file, bytes) in await test.RebuildAsync(empty.RunId)) Assert.Equal(header ? 1 : 0, Encoding.UTF8.GetString(bytes).Count(c => c == '\n'));
        await test.AssertRebuildsIdenticalAsync(run.RunId);
        await test.AssertRebuildsIdenticalAsync(empty.RunId);
    }
}
