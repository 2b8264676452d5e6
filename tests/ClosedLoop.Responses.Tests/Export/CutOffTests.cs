using ClosedLoop.Model.Events;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Responses;
using ClosedLoop.Responses.Export;

namespace ClosedLoop.Responses.Tests.Export;

public class CutOffTests
{
    [Fact]
    public async Task Mailing_running_across_a_cut_off_is_listed_in_both_runs_as_it_stood()
    {
        await using var test = await ExportTest.CreateAsync();
        var data = test.Data;
        var mailing = await data.At("2026-03-02 23:00:00").StartAsync("sent@x.org", "claimed@x.org", "waits@x.org", "cancelled@x.org", "failed@x.org", "doubt@x.org");
        await data.At("2026-03-02 23:00:01").SettleAsync(mailing, 0, RecipientState.Sent);
        await data.SettleAsync(mailing, 4, RecipientState.Failed, ResponseCategory.FatalBounce);
        await data.SettleAsync(mailing, 5, RecipientState.Unknown);
        await data.ClaimAsync(mailing, 1);
        var first = await data.RunAt(test, "2026-03-03 02:00:00");
        await data.At("2026-03-03 02:00:01").RecordAsync(mailing, 1, RecipientState.Sent);
        await data.SettleAsync(mailing, 2, RecipientState.Suppressed);
        await data.At("2026-03-03 02:00:02").CancelAsync(mailing);
        var second = await data.RunAt(test, "2026-03-04 02:00:00");

        Assert.Equal(
            [
                ["sent@x.org", "2026-03-02 23:00:01", "sent", "OK", null],
                ["failed@x.org", "2026-03-02 23:00:01", "could_not_be_sent", "HARD", "fatal_bounce"],
                ["doubt@x.org", "2026-03-02 23:00:01", "could_not_be_sent", null, null],
            ],
            test.Rows("20260303", "mailingrecipients").Where(row => row[5] != "sending").Select(row => row[3..]));
        Assert.Equal(
            [
                ["claimed@x.org", "2026-03-02 23:00:00", "sending", null, null],
                ["waits@x.org", "2026-03-02 23:00:00", "sending", null, null],
                ["cancelled@x.org", "2026-03-02 23:00:00", "sending", null, null],
            ],
            test.Rows("20260303", "mailingrecipients").Take(3).Select(row => row[3..]));
        Assert.Null(Assert.Single(test.Rows("20260303", "mailings"))[5]);
        Assert.Equal(["sent@x.org", "failed@x.org", "doubt@x.org", "claimed@x.org"], test.Rows("20260304", "mailingrecipients").Select(row => row[3]!));
        Assert.Equal("2026-03-03 02:00:02", Assert.Single(test.Rows("20260304", "mailings"))[5]);

        // Links only of those the mailing was handed over for by then.
        Assert.Equal(3, test.Rows("20260303", "links").Select(row => row[2]).Distinct().Count());
        Assert.Equal(4, test.Rows("20260304", "links").Select(row => row[2]).Distinct().Count());
        await test.AssertRebuildsIdenticalAsync(first.RunId);
        await test.AssertRebuildsIdenticalAsync(second.RunId);
    }

    [Fact]
    public async Task Outcome_taken_back_after_the_cut_off_still_counts_for_it()
    {
        await using var test = await ExportTest.CreateAsync();
        var mailing = await test.Data.At("2026-03-02 10:00:00").StartAsync("a@x.org");
        await test.Data.At("2026-03-02 10:00:05").SettleAsync(mailing, 0, RecipientState.Failed, ResponseCategory.Bounce);
        var first = await test.Data.RunAt(test, "2026-03-03 02:00:00");

        // As a resend does it: the outcome is kept, the row runs again.
        await test.Data.Execute("INSERT INTO ledger_past SELECT mailing_id, sequence, recorded, state, done_at, reply_code, reason, 1772524800000000, NULL FROM ledger");
        await test.Data.Execute("UPDATE ledger SET state = 0, recorded = NULL, done_at = NULL");
        await test.AssertRebuildsIdenticalAsync(first.RunId);
        await test.Data.At("2026-03-03 10:00:00").SettleAsync(mailing, 0, RecipientState.Sent);
        await test.AssertRebuildsIdenticalAsync(first.RunId);
        Assert.Equal(new[] { "could_not_be_sent", "SOFT", "bounce" }, Assert.Single(test.Rows("20260303", "mailingrecipients"))[5..]);
    }

    [Fact]
    public async Task Late_bounce_is_in_the_next_runs_responses_only()
    {
        await using var test = await ExportTest.CreateAsync();
        var mailing = await test.Data.StartAsync("a@x.org");
        await test.Data.SettleAsync(mailing, 0, RecipientState.Sent);
        await test.Data.FinishAsync(mailing);
        var first = await test.Data.RunAt(test, "2026-03-03 02:00:00");
        await test.Data.At("2026-03-03 07:00:00").RespondAsync(mailing, 0, ResponseCategory.FatalBounce);
        await test.Data.RunAt(test, "2026-03-04 02:00:00");
        Assert.Empty(test.Rows("20260303", "responses"));
        Assert.Equal("fatal_bounce", Assert.Single(test.Rows("20260304", "responses"))[5]);
        Assert.Empty(test.Rows("20260304", "mailingrecipients"));
        Assert.Equal(new[] { "sent", "OK", null }, Assert.Single(test.Rows("20260303", "mailingrecipients"))[5..]);
        await test.AssertRebuildsIdenticalAsync(first.RunId);
    }

    [Theory]
    [InlineData(RecipientState.Sent, "OK", "autoresponder", ResponseCategory.Autoresponder)]
    [InlineData(RecipientState.Sent, "OK", "unknown", ResponseCategory.Autoresponder, ResponseCategory.Unknown)]
    [InlineData(RecipientState.Sent, "SOFT", "bounce", ResponseCategory.Bounce, ResponseCategory.Unknown)]
    [InlineData(RecipientState.Sent, "HARD", "fatal_bounce", ResponseCategory.Bounce, ResponseCategory.FatalBounce, ResponseCategory.Autoresponder)]
    [InlineData(RecipientState.Sent, "SOFT", "temporary_bounce", ResponseCategory.FatalBounce, ResponseCategory.TemporaryBounce)]
    [InlineData(RecipientState.Unknown, "OK", "unknown", ResponseCategory.Unknown)]
    [InlineData(RecipientState.Failed, null, null)]
    [InlineData(RecipientState.Sent, "OK", null)]
    public async Task Delivery_status_is_that_of_the_latest_bounce_else_of_an_answer(
        RecipientState state, string? status, string? category, params ResponseCategory[] responses)
    {
        await using var test = await ExportTest.CreateAsync();
        var mailing = await test.Data.StartAsync("a@x.org");
        await test.Data.SettleAsync(mailing, 0, state);
        foreach (var response in responses) await test.Data.RespondAsync(mailing, 0, response);
        await test.RunAsync();
        Assert.Equal(new[] { status, category }, Assert.Single(test.Rows("20260302", "mailingrecipients"))[6..]);
        Assert.Equal(responses.Length, test.Rows("20260302", "responses").Count);
    }

    [Fact]
    public async Task Click_of_an_earlier_mailing_brings_its_link_along_and_only_that()
    {
        await using var test = await ExportTest.CreateAsync();
        test.Links.Links = [new("First", "https://x.org/1"), new("Second", "https://x.org/2?{0}")];
        var old = await test.Data.StartAsync("a@x.org", "b@x.org");
        for (var i = 0; i < 2; i++) await test.Data.SettleAsync(old, i, RecipientState.Sent);
        await test.Data.FinishAsync(old);
        await test.Data.RunAt(test, "2026-03-03 02:00:00");
        var listed = await test.Data.At("2026-03-03 09:00:00").StartAsync("c@x.org", "d@x.org");
        await test.Data.SettleAsync(listed, 0, RecipientState.Sent);
        await test.Data.TrackAsync(TrackedEventKind.Click, old, 1, 2);
        await test.Data.TrackAsync(TrackedEventKind.Click, old, 1, 2);
        await test.Data.TrackAsync(TrackedEventKind.Open, old, 0);
        await test.Data.TrackAsync(TrackedEventKind.Open, old, 0, flags: TrackedEventFlags.Automatic);
        await test.Data.TrackAsync(TrackedEventKind.Click, listed, 0, 1);

        // Claimed at the cut-off and faster than the record: the click is there, so its link must be.
        await test.Data.ClaimAsync(listed, 1);
        await test.Data.TrackAsync(TrackedEventKind.Click, listed, 1, 1);
        await test.Data.RunAt(test, "2026-03-04 02:00:00");
        Assert.Equal(
            [
                (old.LinkId(0, 0), "OPEN", null), (old.LinkId(1, 2), "Second", "https://x.org/2?b@x.org"),
                (listed.LinkId(0, 0), "OPEN", null), (listed.LinkId(0, 1), "First", "https://x.org/1"), (listed.LinkId(0, 2), "Second", "https://x.org/2?c@x.org"),
                (listed.LinkId(1, 1), "First", "https://x.org/1"),
            ],
            test.Rows("20260304", "links").Select(row => (long.Parse(row[0]!, System.Globalization.CultureInfo.InvariantCulture), row[4]!, row[5])));
    }

    [Fact]
    public async Task Cut_off_of_a_moment_in_the_past_divides_by_what_was_recorded_then()
    {
        await using var test = await ExportTest.CreateAsync();
        var mailing = await test.Data.StartAsync("a@x.org");
        await test.Data.At("2026-03-03 01:59:59").TrackAsync(TrackedEventKind.Click, mailing, 0, 1);
        await test.Data.At("2026-03-03 02:00:01").TrackAsync(TrackedEventKind.Open, mailing, 0);
        test.Data.At("2026-03-03 09:00:00");
        var cut = Model.Instants.ToMicroseconds(ResponseDatabase.Instant("2026-03-03 02:00:00"));
        var run = await test.Service.CutAsync(test.Client, cut);
        Assert.Equal(run, await test.Service.CutAsync(test.Client, cut));
        Assert.Null(await test.Service.CutAsync(test.Client, cut - 1));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => test.Service.CutAsync(test.Client, cut + 86_400_000_000));
        await test.Service.PublishAsync(run!);
        Assert.Single(test.Rows("20260303", "clicks"));
        Assert.Empty(test.Rows("20260303", "opens"));
        var next = await test.RunAsync();
        Assert.Equal((cut, "20260303_090000"), (next.CutFrom, next.Label));
        Assert.Single(test.Rows("20260303_090000", "opens"));
    }

    [Fact]
    public async Task Export_without_consent_is_refused_and_takes_no_cut_off()
    {
        await using var test = await ExportTest.CreateAsync(settings => settings with { NonAnonymisedAccepted = false });
        Assert.Equal("CL7001", (await Assert.ThrowsAsync<ExportException>(() => test.RunAsync())).Code);
        await test.ApplyAsync(settings => settings with { NonAnonymisedAccepted = true, TimeZone = "Mars/Olympus" });
        Assert.Equal("CL7002", (await Assert.ThrowsAsync<ExportException>(() => test.RunAsync())).Code);
        Assert.Equal(0, test.Data.Scalar("SELECT COUNT(*) FROM export_run"));
    }

    [Fact]
    public async Task Other_clients_are_not_in_the_files()
    {
        await using var test = await ExportTest.CreateAsync();
        var mailing = await test.Data.StartAsync("a@x.org");
        await test.Data.SettleAsync(mailing, 0, RecipientState.Failed, ResponseCategory.FatalBounce);
        await test.Data.TrackAsync(TrackedEventKind.Click, mailing, 0, 1);
        var other = test.Client with { Id = 90_000_000_002, Key = "other" };
        await test.Data.Definitions.ApplyAsync(other);
        var run = await test.Service.RunAsync(other);
        foreach (var bytes in (await test.RebuildAsync(run.RunId)).Values) Assert.Equal(1, bytes.Count(b => b == '\n'));
    }
}
