using ClosedLoop.Data.Mailings;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Data.Tests.Mailings;

public sealed class StartingTests : OneDatabaseTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_mailing_begins_when_its_time_has_come_and_once(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var mailing = await QueuedAsync(1, startsIn: TimeSpan.FromHours(1));
        Assert.False(await Test.Mailings.TryBeginAsync(mailing, serialize: true));
        Test.Clock.Now += TimeSpan.FromHours(1);
        Assert.True(await Test.Mailings.TryBeginAsync(mailing, serialize: true));
        Assert.False(await Test.Mailings.TryBeginAsync(mailing, serialize: true));
        Assert.Equal(Test.Now, Test.Mailings.Find(mailing.MailingId)!.StartedAt);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_copy_whose_time_has_not_come_holds_up_nobody_and_then_waits_for_whoever_is_being_sent(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var scheduled = await QueuedAsync(1, startsIn: TimeSpan.FromHours(1));
        var later = await QueuedAsync(2);
        var last = await QueuedAsync(3);
        Assert.True(await Test.Mailings.TryBeginAsync(later, serialize: true));
        Assert.False(await Test.Mailings.TryBeginAsync(last, serialize: true));

        Test.Clock.Now += TimeSpan.FromHours(2);
        Assert.False(await Test.Mailings.TryBeginAsync(scheduled, serialize: true));
        await Test.Mailings.MoveAsync(later.MailingId, MailingState.Finished, MailingState.Sending);
        Assert.False(await Test.Mailings.TryBeginAsync(last, serialize: true));
        Assert.True(await Test.Mailings.TryBeginAsync(scheduled, serialize: true));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_copy_that_stands_still_amidst_its_sending_holds_up_the_others_and_they_do_not_wait_for_each_other(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var first = await QueuedAsync(1);
        var second = await QueuedAsync(2);
        Assert.True(await Test.Mailings.TryBeginAsync(second, serialize: false));
        await Test.Mailings.MoveAsync(second.MailingId, MailingState.Paused, MailingState.Sending);
        Assert.False(await Test.Mailings.TryBeginAsync(first, serialize: true));
        await Test.Mailings.MoveAsync(second.MailingId, MailingState.Queued, MailingState.Paused);
        Assert.False(await Test.Mailings.TryBeginAsync(second, serialize: true));
        Assert.True(await Test.Mailings.TryBeginAsync(first, serialize: true));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Without_serialising_copies_go_side_by_side(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var first = await QueuedAsync(1);
        var second = await QueuedAsync(2);
        Assert.True(await Test.Mailings.TryBeginAsync(second, serialize: false));
        Assert.True(await Test.Mailings.TryBeginAsync(first, serialize: false));
    }

    private async Task<MailingRow> QueuedAsync(long fileId, TimeSpan? startsIn = null)
    {
        var mailing = await Test.ImportAsync(1, fileId);
        if (startsIn is { } wait) await Test.Writer.WriteAsync(context => MailingStore.Schedule(context, mailing.MailingId, Test.Now + (long)wait.TotalMicroseconds));
        await Test.Mailings.MoveAsync(mailing.MailingId, MailingState.Queued, MailingState.Prepared);
        return Test.Mailings.Find(mailing.MailingId)!;
    }
}
