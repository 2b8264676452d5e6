using System.Net;
using ClosedLoop.Data.Events;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Events;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Verdicts;
using ClosedLoop.Responses.Drain;
using ClosedLoop.Responses.Spool;
using ClosedLoop.Responses.Tests.Export;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClosedLoop.Responses.Tests.Verdicts;

public class StoredVerdictTests
{
    private const string Browser = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0";

    [Fact]
    public async Task Each_open_and_click_is_stored_with_verdict_score_and_reasons()
    {
        await using var data = new ResponseDatabase();
        var mailing = await data.StartAsync("a@x.org", "b@x.org");
        await data.SettleAsync(mailing, 0, RecipientState.Sent);
        data.Clock.Now += TimeSpan.FromMinutes(9);
        await DrainAsync(
            data,
            new TrackedEvent(TrackedEventKind.Open, mailing.MailingId, 0, 0, data.Clock.NowMicroseconds(), Browser),
            new TrackedEvent(TrackedEventKind.Open, mailing.MailingId, 1, 0, data.Clock.NowMicroseconds(), "Mozilla/5.0", Flags: TrackedEventFlags.Automatic),
            new TrackedEvent(TrackedEventKind.Click, mailing.MailingId, 1, 2, data.Clock.NowMicroseconds(), Browser, Flags: TrackedEventFlags.Prefetch),
            new TrackedEvent(TrackedEventKind.Click, mailing.MailingId, 1, 3, data.Clock.NowMicroseconds() + 9_000_000, "Mimecast-URL-Scanner/2.0"),
            new TrackedEvent(TrackedEventKind.Unsubscribe, mailing.MailingId, 0, 0, data.Clock.NowMicroseconds(), Browser));
        Assert.Equal(1, data.Scalar("SELECT COUNT(*) FROM event WHERE kind = 1 AND verdict = 1 AND score = 0 AND reasons = 0 AND rules = 1 AND filed = 1"));
        Assert.Equal(1, data.Scalar("SELECT COUNT(*) FROM event WHERE kind = 1 AND verdict = 2 AND score = 100 AND automated = 1"));
        Assert.Equal(1, data.Scalar($"SELECT COUNT(*) FROM event WHERE kind = 2 AND verdict = 4 AND reasons = {(int)EventSigns.PrefetchHeader}"));
        Assert.Equal(1, data.Scalar($"SELECT COUNT(*) FROM event WHERE kind = 2 AND verdict = 3 AND reasons = {(int)EventSigns.GatewayAgent}"));
        Assert.Equal(1, data.Scalar("SELECT COUNT(*) FROM event WHERE kind = 3 AND verdict IS NULL AND filed IS NULL"));
    }

    [Fact]
    public async Task Later_events_put_earlier_ones_in_another_light_also_across_batches()
    {
        await using var data = new ResponseDatabase();
        var mailing = await data.StartAsync("a@x.org");
        await data.SettleAsync(mailing, 0, RecipientState.Sent);
        data.Clock.Now += TimeSpan.FromMinutes(9);
        await ClickAsync(data, mailing.MailingId, 1, 0);
        Assert.Equal(1, data.Scalar("SELECT MAX(verdict) FROM event"));
        await ClickAsync(data, mailing.MailingId, 2, 200);
        await ClickAsync(data, mailing.MailingId, 3, 400);
        Assert.Equal(3, data.Scalar($"SELECT COUNT(*) FROM event WHERE verdict = 3 AND filed = 3 AND reasons = {(int)(EventSigns.ManyLinks | EventSigns.InOrder)}"));
        await ClickAsync(data, mailing.MailingId, 3, 30_000);
        Assert.Equal(1, data.Scalar("SELECT COUNT(*) FROM event WHERE verdict = 1"));
    }

    [Fact]
    public async Task Somebody_who_clicks_without_end_costs_a_bounded_look()
    {
        await using var data = new ResponseDatabase();
        var mailing = await data.StartAsync("a@x.org");
        for (var i = 0; i < EventStore.MostNeighbours + 1; i++) await ClickAsync(data, mailing.MailingId, 1, i);
        await data.Execute("UPDATE event SET score = 77");
        await ClickAsync(data, mailing.MailingId, 1, 1_000);
        Assert.Equal(2, data.Scalar("SELECT COUNT(*) FROM event WHERE score = 77"));
    }

    [Theory]
    [InlineData(ExportMachineEvents.Include, ExportMachineClicks.Include, 4, 3, 1)]
    [InlineData(ExportMachineEvents.Include, ExportMachineClicks.Exclude, 1, 3, 1)]
    [InlineData(ExportMachineEvents.Separate, ExportMachineClicks.Include, 1, 1, 3)]
    [InlineData(ExportMachineEvents.Exclude, ExportMachineClicks.Include, 1, 1, 1)]
    public async Task Files_have_machine_events_where_it_was_agreed(ExportMachineEvents events, ExportMachineClicks clicks, int clicked, int opened, int automated)
    {
        await using var test = await ExportTest.CreateAsync(settings => settings with { MachineEvents = events, MachineClicks = clicks });
        var mailing = await ScannedAsync(test);
        await ClickAsync(test.Data, mailing.MailingId, 2, 60_000);
        await OpenAsync(test.Data, mailing.MailingId, 120_000, Browser);
        await OpenAsync(test.Data, mailing.MailingId, 300_000, Browser, TrackedEventFlags.Prefetch);
        await OpenAsync(test.Data, mailing.MailingId, 400_000, "Mimecast-URL-Scanner/2.0");
        await OpenAsync(test.Data, mailing.MailingId, 500_000, "Mozilla/5.0", TrackedEventFlags.Automatic);
        var run = await test.RunAsync();
        Assert.Equal((clicked, opened, automated), (test.Rows("20260302", "clicks").Count, test.Rows("20260302", "opens").Count, test.Rows("20260302", "automated_opens").Count));
        Assert.Single(test.Rows("20260302", "automated_opens"), row => row[5] == "Apple Mail Privacy Protection");

        // A change of mind after the cut-off alters no file, of opens neither.
        await test.Data.Execute("UPDATE event SET verdict = 4 - verdict WHERE verdict < 4");
        await test.AssertRebuildsIdenticalAsync(run.RunId);
    }

    [Fact]
    public async Task Machine_opens_beside_Apples_keep_their_own_browser()
    {
        await using var test = await ExportTest.CreateAsync(settings => settings with { MachineEvents = ExportMachineEvents.Separate });
        var mailing = await ScannedAsync(test);
        await OpenAsync(test.Data, mailing.MailingId, 300_000, Browser, TrackedEventFlags.Prefetch);
        await test.RunAsync();
        var row = Assert.Single(test.Rows("20260302", "automated_opens"));
        Assert.Equal(("Firefox 128.0", "Windows 10"), (row[5], row[6]));
    }

    [Fact]
    public async Task Verdict_that_changes_after_the_cut_off_changes_no_published_file()
    {
        await using var test = await ExportTest.CreateAsync(settings => settings with { MachineClicks = ExportMachineClicks.Exclude });
        var mailing = await test.Data.StartAsync("a@x.org");
        await test.Data.SettleAsync(mailing, 0, RecipientState.Sent);
        test.Data.Clock.Now += TimeSpan.FromMinutes(9);
        await ClickAsync(test.Data, mailing.MailingId, 1, 0);
        var run = await test.RunAsync();
        Assert.Single(test.Rows("20260302", "clicks"));

        // The rest of the burst comes after the cut-off.
        await ClickAsync(test.Data, mailing.MailingId, 2, 200);
        await ClickAsync(test.Data, mailing.MailingId, 3, 400);
        Assert.Equal(3, test.Data.Scalar("SELECT COUNT(*) FROM event WHERE verdict = 3"));
        await test.AssertRebuildsIdenticalAsync(run.RunId);
        await test.Data.RunAt(test, "2026-03-03 02:00:00");
        Assert.Empty(test.Rows("20260303", "clicks"));
    }

    [Fact]
    public async Task Better_rules_judge_again_what_older_ones_judged_and_leave_published_files_alone()
    {
        await using var test = await ExportTest.CreateAsync(settings => settings with { MachineClicks = ExportMachineClicks.Exclude });
        var mailing = await ScannedAsync(test);
        await test.Data.TrackAsync(TrackedEventKind.Open, mailing, 0);
        var run = await test.RunAsync();
        await test.Data.Execute("UPDATE event SET verdict = 1, score = 0, rules = 0 WHERE rules = 1");
        await ClickAsync(test.Data, mailing.MailingId, 5, 90_000);
        var store = new EventStore(test.Data.Database, test.Data.Writer, NullLogger<EventStore>.Instance);
        Assert.Equal(2, await store.JudgeAgainAsync(1, block: 2));

        // A burst is judged whole, whichever of its events the block ends with.
        Assert.Equal(3, test.Data.Scalar("SELECT COUNT(*) FROM event WHERE verdict = 3 AND rules = 1 AND filed = 3"));
        Assert.Equal(0, await store.JudgeAgainAsync(1, block: 2));
        Assert.Equal(0, await store.JudgeAgainAsync(1, block: 2));
        Assert.Equal(1, test.Data.Scalar("SELECT finished FROM verdict_run WHERE rules = 1"));
        Assert.Equal(1, test.Data.Scalar("SELECT COUNT(*) FROM event WHERE verdict IS NULL AND kind = 1"));
        Assert.Equal(4, await store.JudgeAgainAsync(2, block: 100));
        Assert.Equal(4, test.Data.Scalar("SELECT COUNT(*) FROM event WHERE rules = 2"));
        await test.AssertRebuildsIdenticalAsync(run.RunId);
    }

    [Fact]
    public async Task Nothing_that_a_crowd_of_scanners_asks_for_unsubscribes_anybody()
    {
        await using var data = new ResponseDatabase();
        var mailing = await data.StartAsync("a@x.org");
        await using var host = await Tracking.TrackingHost.StartAsync();
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
        {
            foreach (var query in new[] { "", "?List-Unsubscribe=One-Click", "?confirm=1" })
            {
                foreach (var path in new[] { "/u/" + host.Unsubscribe(), "/o/" + host.Open(), "/c/" + host.Click("https://shop.example.org/") })
                {
                    using var answer = await host.SendAsync(method, path + query, "Mimecast-URL-Scanner/2.0");
                    Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Found);
                }
            }
        }

        // Stored as if they were of a mailing that exists: what a GET leaves behind is opens and clicks, and nothing else anywhere.
        var events = host.Events();
        Assert.Equal(6, events.Count);
        await DrainAsync(data, [.. events.Select(tracked => tracked with { MailingId = mailing.MailingId, RecipientSequence = 0 })]);
        Assert.Equal(6, data.Scalar("SELECT COUNT(*) FROM event WHERE kind IN (1, 2) AND verdict = 3"));
        Assert.Equal(0, data.Scalar("SELECT COUNT(*) FROM suppression"));
        Assert.Equal(0, data.Scalar("SELECT COUNT(*) FROM event WHERE kind = 3"));
    }

    private static async Task<ClosedLoop.Data.Mailings.MailingRow> ScannedAsync(ExportTest test)
    {
        var mailing = await test.Data.StartAsync("a@x.org");
        await test.Data.SettleAsync(mailing, 0, RecipientState.Sent);
        test.Data.Clock.Now += TimeSpan.FromMinutes(9);
        for (var link = 1; link <= 3; link++) await ClickAsync(test.Data, mailing.MailingId, link, link * 100);
        return mailing;
    }

    private static Task ClickAsync(ResponseDatabase data, long mailing, int link, int milliseconds) =>
        DrainAsync(data, new TrackedEvent(TrackedEventKind.Click, mailing, 0, link, data.Clock.NowMicroseconds() + (milliseconds * 1_000L), Browser));

    private static Task OpenAsync(ResponseDatabase data, long mailing, int milliseconds, string agent, TrackedEventFlags flags = TrackedEventFlags.None) =>
        DrainAsync(data, new TrackedEvent(TrackedEventKind.Open, mailing, 0, 0, data.Clock.NowMicroseconds() + (milliseconds * 1_000L), agent, Flags: flags));

    private static async Task DrainAsync(ResponseDatabase data, params TrackedEvent[] events)
    {
        var name = "events-" + Guid.NewGuid().ToString("N");
        await using var spool = EventSpool.Open(new EventSpoolOptions { Directory = Path.Combine(data.FolderPath, name) }, TimeProvider.System, NullLogger<EventSpool>.Instance);
        foreach (var tracked in events) await spool.AppendAsync(tracked);
        using var drain = new SpoolDrain(
            spool, new EventStore(data.Database, data.Writer, NullLogger<EventStore>.Instance), new SpoolDrainOptions { Spool = name }, TimeProvider.System, NullLogger<SpoolDrain>.Instance);
        await drain.DrainAsync(default);
    }
}
