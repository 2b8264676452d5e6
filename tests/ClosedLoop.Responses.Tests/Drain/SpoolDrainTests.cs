using ClosedLoop.Data.Events;
using ClosedLoop.Model.Events;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Responses.Drain;
using ClosedLoop.Responses.Spool;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClosedLoop.Responses.Tests.Drain;

public class SpoolDrainTests
{
    private const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

    [Fact]
    public async Task Events_are_stored_with_what_their_user_agent_says()
    {
        await using var data = new ResponseDatabase();
        var mailing = await data.StartAsync("a@x.org");
        await using var spool = Open(data);
        await spool.AppendAsync(new TrackedEvent(TrackedEventKind.Click, mailing.MailingId, 0, 3, 1_000, Firefox));
        await spool.AppendAsync(new TrackedEvent(TrackedEventKind.Open, mailing.MailingId, 0, 0, 2_000, "", Flags: TrackedEventFlags.Automatic));
        using var drain = NewDrain(data, spool);
        await drain.DrainAsync(default);
        Assert.Equal(0, drain.BytesBehind);
        Assert.Equal(1, data.Scalar("SELECT COUNT(*) FROM event WHERE kind = 2 AND link_ordinal = 3 AND automated = 0 AND occurred_at = 1000 AND browser = 'Firefox 128.0' AND device = 'Desktop'"));
        Assert.Equal(1, data.Scalar("SELECT COUNT(*) FROM event WHERE kind = 1 AND automated = 1 AND browser = 'unknown'"));
        Assert.Equal(ResponseDatabase.ClientId, data.Scalar("SELECT MIN(client_id) FROM event"));
    }

    [Fact]
    public async Task Event_of_an_unknown_mailing_or_recipient_is_dropped_and_the_rest_stored()
    {
        await using var data = new ResponseDatabase();
        var mailing = await data.StartAsync("a@x.org");
        await using var spool = Open(data);
        foreach (var (id, sequence) in new[] { (1L, 0L), (mailing.MailingId, 1), (mailing.MailingId, -1), (mailing.MailingId, 1L << 40), (mailing.MailingId, 0) })
            await spool.AppendAsync(new TrackedEvent(TrackedEventKind.Click, id, sequence, 1, 1_000));
        using var drain = NewDrain(data, spool);
        await drain.DrainAsync(default);
        Assert.Equal(0, drain.BytesBehind);
        Assert.Equal(1, data.Scalar("SELECT COUNT(*) FROM event"));
    }

    [Fact]
    public async Task Unsubscribing_suppresses_the_address_and_counts_the_first_time_only()
    {
        await using var data = new ResponseDatabase();
        var first = await data.StartAsync("a@x.org", "b@x.org");
        var second = await data.StartAsync("A@X.org");
        await using var spool = Open(data);
        await spool.AppendAsync(new TrackedEvent(TrackedEventKind.Unsubscribe, first.MailingId, 0, 0, 1_000, Flags: TrackedEventFlags.OneClick));
        await spool.AppendAsync(new TrackedEvent(TrackedEventKind.Unsubscribe, first.MailingId, 0, 0, 2_000));
        await spool.AppendAsync(new TrackedEvent(TrackedEventKind.Unsubscribe, second.MailingId, 0, 0, 3_000));
        using var drain = NewDrain(data, spool);
        await drain.DrainAsync(default);
        Assert.Equal(1, data.Scalar("SELECT COUNT(*) FROM event WHERE kind = 3 AND occurred_at = 1000"));
        Assert.Equal(1, data.Scalar("SELECT COUNT(*) FROM event"));
        Assert.Equal(1, data.Scalar("SELECT COUNT(*) FROM suppression WHERE kind = 1 AND reason = 'one-click'"));
        Assert.Equal((int)RecipientState.Waiting, data.Scalar("SELECT MAX(state) FROM ledger"));
    }

    [Fact]
    public async Task Batch_of_somebody_who_lost_the_spool_to_another_is_refused_whole()
    {
        await using var data = new ResponseDatabase();
        var mailing = await data.StartAsync("a@x.org");
        var store = new EventStore(data.Database, data.Writer, NullLogger<EventStore>.Instance);
        ResolvedEvent[] events = [new(new TrackedEvent(TrackedEventKind.Open, mailing.MailingId, 0, 0, 1_000), "", "", "")];
        await store.StoreAsync("s", default, new SpoolMark(1, 100), events);
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.StoreAsync("s", default, new SpoolMark(1, 100), events));
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.StoreAsync("s", new SpoolMark(1, 50), new SpoolMark(1, 150), events));
        await store.StoreAsync("t", default, new SpoolMark(1, 100), events);
        Assert.Equal(new SpoolMark(1, 100), store.MarkOf("s"));
        Assert.Equal(2, data.Scalar("SELECT COUNT(*) FROM event"));
    }

    [Fact]
    public async Task Service_drains_what_arrives_and_goes_on_after_the_database_failed()
    {
        await using var data = new ResponseDatabase();
        var mailing = await data.StartAsync("a@x.org");
        await using var spool = Open(data);
        using var drain = NewDrain(data, spool);
        await data.Execute("ALTER TABLE event RENAME TO event_away");
        await drain.StartAsync(default);
        for (var i = 0; i < 50; i++) await spool.AppendAsync(new TrackedEvent(TrackedEventKind.Open, mailing.MailingId, 0, 0, i));
        Assert.True(drain.BytesBehind > 0);
        await data.Execute("ALTER TABLE event_away RENAME TO event");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (drain.BytesBehind > 0) await Task.Delay(5, patience.Token);
        await drain.StopAsync(default);
        Assert.Equal(50, data.Scalar("SELECT COUNT(DISTINCT occurred_at) FROM event"));
        Assert.Equal(50, data.Scalar("SELECT COUNT(*) FROM event"));
    }

    private static EventSpool Open(ResponseDatabase data) => EventSpool.Open(
        new EventSpoolOptions { Directory = Path.Combine(data.FolderPath, "spool"), SegmentBytes = 1024 }, TimeProvider.System, NullLogger<EventSpool>.Instance);

    private static SpoolDrain NewDrain(ResponseDatabase data, EventSpool spool) => new(
        spool, new EventStore(data.Database, data.Writer, NullLogger<EventStore>.Instance),
        new SpoolDrainOptions { BatchEvents = 7, RetryAfter = TimeSpan.FromMilliseconds(20) }, TimeProvider.System, NullLogger<SpoolDrain>.Instance);
}
