using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Resend;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Events;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Responses;

namespace ClosedLoop.Responses.Tests.Export;

/// <summary>Closed-loop specification, section 14: what a resend means for the files, and that it leaves those of earlier cut-offs as they were.</summary>
public sealed class ResendExportTests
{
    [Fact]
    public async Task A_resend_is_in_the_files_of_its_runs_and_in_no_earlier_one()
    {
        await using var test = await ExportTest.CreateAsync();
        var data = test.Data;
        var mailing = await data.At("2026-03-02 10:00:00").StartAsync("ok@x.org", "soft@x.org", "hard@x.org", "again@x.org", "left@x.org");
        for (var i = 0; i < 5; i++) await data.At("2026-03-02 10:00:05").SettleAsync(mailing, i, RecipientState.Sent);
        await data.FinishAsync(mailing);
        await RespondAsync(data.At("2026-03-02 11:00:00"), mailing, (1, ResponseCategory.Bounce), (2, ResponseCategory.FatalBounce), (3, ResponseCategory.TemporaryBounce), (4, ResponseCategory.Bounce));
        var before = await data.RunAt(test, "2026-03-03 02:00:00");

        // Running over the cut-off: one is through, one is open, one is suppressed at his turn.
        Assert.Equal(3, await OpenAsync(data.At("2026-03-03 20:00:00"), mailing));
        await data.At("2026-03-03 20:00:02").MoveAsync(mailing, MailingState.Sending, MailingState.Queued);
        await data.At("2026-03-03 20:00:03").SettleAsync(mailing, 1, RecipientState.Sent);
        var during = await data.RunAt(test, "2026-03-04 02:00:00");
        await data.At("2026-03-04 08:00:00").SettleAsync(mailing, 3, RecipientState.Sent);
        await data.SettleAsync(mailing, 4, RecipientState.Suppressed);
        await data.At("2026-03-04 08:00:09").FinishAsync(mailing);
        await RespondAsync(data.At("2026-03-04 09:00:00"), mailing, (3, ResponseCategory.FatalBounce));
        var after = await data.RunAt(test, "2026-03-05 02:00:00");
        var quiet = await data.RunAt(test, "2026-03-06 02:00:00");

        Assert.Equal(["2026-03-02 10:00:05", null, "2026-03-04 08:00:09"], new[] { "20260303", "20260304", "20260305" }.Select(label => Assert.Single(test.Rows(label, "mailings"))[5]));
        Assert.Empty(test.Rows("20260306", "mailings"));
        AssertLog(test, "20260303",
            ["ok@x.org", "2026-03-02 10:00:05", "sent", "OK", null], ["soft@x.org", "2026-03-02 10:00:05", "sent", "SOFT", "bounce"],
            ["hard@x.org", "2026-03-02 10:00:05", "sent", "HARD", "fatal_bounce"], ["again@x.org", "2026-03-02 10:00:05", "sent", "SOFT", "temporary_bounce"],
            ["left@x.org", "2026-03-02 10:00:05", "sent", "SOFT", "bounce"]);
        AssertLog(test, "20260304",
            ["ok@x.org", "2026-03-02 10:00:05", "sent", "OK", null], ["hard@x.org", "2026-03-02 10:00:05", "sent", "HARD", "fatal_bounce"],
            ["again@x.org", "2026-03-03 20:00:00", "sending", null, null], ["left@x.org", "2026-03-03 20:00:00", "sending", null, null],
            ["soft@x.org", "2026-03-03 20:00:03", "sent", "OK", null]);
        AssertLog(test, "20260305",
            ["ok@x.org", "2026-03-02 10:00:05", "sent", "OK", null], ["hard@x.org", "2026-03-02 10:00:05", "sent", "HARD", "fatal_bounce"],
            ["left@x.org", "2026-03-02 10:00:05", "sent", "SOFT", "bounce"], ["soft@x.org", "2026-03-03 20:00:03", "sent", "OK", null],
            ["again@x.org", "2026-03-04 08:00:00", "sent", "HARD", "fatal_bounce"]);
        Assert.Equal(4, test.Rows("20260303", "responses").Count);
        Assert.Single(test.Rows("20260305", "responses"));
        foreach (var run in new[] { before, during, after, quiet }) await test.AssertRebuildsIdenticalAsync(run.RunId);
    }

    [Fact]
    public async Task Changed_recipients_are_found_before_while_and_after_a_resend()
    {
        await using var test = await ExportTest.CreateAsync(settings => settings with { Recipients = ExportRecipients.Changed });
        var data = test.Data;
        var mailing = await data.At("2026-03-02 10:00:00").StartAsync("a@x.org", "b@x.org");
        for (var i = 0; i < 2; i++) await data.SettleAsync(mailing, i, RecipientState.Sent);
        await data.FinishAsync(mailing);
        var first = await data.RunAt(test, "2026-03-03 02:00:00");
        await RespondAsync(data.At("2026-03-03 07:00:00"), mailing, (0, ResponseCategory.Bounce));
        var bounced = await data.RunAt(test, "2026-03-04 02:00:00");
        var nothing = await data.RunAt(test, "2026-03-05 02:00:00");
        await OpenAsync(data.At("2026-03-05 10:00:00"), mailing);
        await data.MoveAsync(mailing, MailingState.Sending, MailingState.Queued);
        var opened = await data.RunAt(test, "2026-03-06 02:00:00");
        await data.At("2026-03-06 10:00:00").ClaimAsync(mailing, 0);
        var running = await data.RunAt(test, "2026-03-07 02:00:00");
        await data.At("2026-03-07 10:00:00").RecordAsync(mailing, 0, RecipientState.Sent);
        await data.FinishAsync(mailing);
        var ended = await data.RunAt(test, "2026-03-08 02:00:00");

        Assert.Equal(["a@x.org"], test.Rows("20260304", "mailingrecipients").Select(row => row[3]));
        Assert.Empty(test.Rows("20260305", "mailingrecipients"));
        Assert.Equal(2, test.Rows("20260306", "mailingrecipients").Count);
        Assert.Empty(test.Rows("20260307", "mailingrecipients"));
        Assert.Equal(2, test.Rows("20260308", "mailingrecipients").Count);
        foreach (var run in new[] { first, bounced, nothing, opened, running, ended }) await test.AssertRebuildsIdenticalAsync(run.RunId);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Flagged_test_mailings_are_in_the_files_when_that_is_wanted(bool wanted)
    {
        await using var test = await ExportTest.CreateAsync(settings => settings with { IncludeTest = wanted });
        var mailing = await test.Data.StartAsync("a@x.org");
        await test.Data.Execute("UPDATE mailing SET test = 1");
        await test.Data.SettleAsync(mailing, 0, RecipientState.Failed, ResponseCategory.FatalBounce);
        foreach (var kind in new[] { TrackedEventKind.Open, TrackedEventKind.Click, TrackedEventKind.Unsubscribe }) await test.Data.TrackAsync(kind, mailing, 0, kind == TrackedEventKind.Click ? 1 : 0);
        await test.Data.TrackAsync(TrackedEventKind.Open, mailing, 0, flags: TrackedEventFlags.Automatic);
        var run = await test.RunAsync();
        foreach (var (name, bytes) in await test.RebuildAsync(run.RunId))
        {
            if (name.EndsWith(".csv", StringComparison.Ordinal)) Assert.True(bytes.Count(b => b == '\n') == 1 != wanted, name);
        }
    }

    private static void AssertLog(ExportTest test, string label, params string?[][] expected) =>
        Assert.Equal(expected, test.Rows(label, "mailingrecipients").Select(row => row[3..8]));

    private static async Task RespondAsync(ResponseDatabase data, MailingRow mailing, params (int Sequence, ResponseCategory Category)[] responses)
    {
        foreach (var (sequence, category) in responses) await data.RespondAsync(mailing, sequence, category);
    }

    private static Task<int> OpenAsync(ResponseDatabase data, MailingRow mailing)
    {
        var store = new ResendStore(data.Database, data.Writer, new Blocklist(data.Database, data.Writer));
        var row = new MailingStore(data.Database, data.Writer, data.Clock).Find(mailing.MailingId)!;
        return store.OpenAsync(row, store.Plan(row, new ResendChoice(Soft: true, Unknown: false), new BounceSettings { SoftLimit = 100 }));
    }
}
