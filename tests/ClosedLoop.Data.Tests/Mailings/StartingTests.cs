using ClosedLoop.Data.Mailings;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Data.Tests.Mailings;

public sealed class StartingTests : IAsyncLifetime, IAsyncDisposable
{
    private TestDatabase _test = null!;

    public Task InitializeAsync() => Task.CompletedTask;

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    [Theory, OnSqlite, OnPostgres]
    public async Task A_mailing_begins_when_its_time_has_come_and_once(DatabaseKind kind)
    {
        _test = new TestDatabase(kind);
        var mailing = await QueuedAsync(1, startsIn: TimeSpan.FromHours(1));
        Assert.False(await _test.Mailings.TryBeginAsync(mailing, serialize: true));
        _test.Clock.Now += TimeSpan.FromHours(1);
        Assert.True(await _test.Mailings.TryBeginAsync(mailing, serialize: true));
        Assert.False(await _test.Mailings.TryBeginAsync(mailing, serialize: true));
        Assert.Equal(_test.Now, _test.Mailings.Find(mailing.MailingId)!.StartedAt);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_copy_whose_time_has_not_come_holds_up_nobody_and_then_waits_for_whoever_is_being_sent(DatabaseKind kind)
    {
        _test = new TestDatabase(kind);
        var scheduled = await QueuedAsync(1, startsIn: TimeSpan.FromHours(1));
        var later = await QueuedAsync(2);
        var last = await QueuedAsync(3);
        Assert.True(await _test.Mailings.TryBeginAsync(later, serialize: true));
        Assert.False(await _test.Mailings.TryBeginAsync(last, serialize: true));

        _test.Clock.Now += TimeSpan.FromHours(2);
        Assert.False(await _test.Mailings.TryBeginAsync(scheduled, serialize: true));
        await _test.Mailings.MoveAsync(later.MailingId, MailingState.Finished, MailingState.Sending);
        Assert.False(await _test.Mailings.TryBeginAsync(last, serialize: true));
        Assert.True(await _test.Mailings.TryBeginAsync(scheduled, serialize: true));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_copy_that_stands_still_amidst_its_sending_holds_up_the_others_and_they_do_not_wait_for_each_other(DatabaseKind kind)
    {
        _test = new TestDatabase(kind);
        var first = await QueuedAsync(1);
        var second = await QueuedAsync(2);
        Assert.True(await _test.Mailings.TryBeginAsync(second, serialize: false));
        await _test.Mailings.MoveAsync(second.MailingId, MailingState.Paused, MailingState.Sending);
        Assert.False(await _test.Mailings.TryBeginAsync(first, serialize: true));
        await _test.Mailings.MoveAsync(second.MailingId, MailingState.Queued, MailingState.Paused);
        Assert.False(await _test.Mailings.TryBeginAsync(second, serialize: true));
        Assert.True(await _test.Mailings.TryBeginAsync(first, serialize: true));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Without_serialising_copies_go_side_by_side(DatabaseKind kind)
    {
        _test = new TestDatabase(kind);
        var first = await QueuedAsync(1);
        var second = await QueuedAsync(2);
        Assert.True(await _test.Mailings.TryBeginAsync(second, serialize: false));
        Assert.True(await _test.Mailings.TryBeginAsync(first, serialize: false));
    }

    private async Task<MailingRow> QueuedAsync(long fileId, TimeSpan? startsIn = null)
    {
        var mailing = await _test.ImportAsync(1, fileId);
        if (startsIn is { } wait) await _test.Writer.WriteAsync(context => MailingStore.Schedule(context, mailing.MailingId, _test.Now + (long)wait.TotalMicroseconds));
        await _test.Mailings.MoveAsync(mailing.MailingId, MailingState.Queued, MailingState.Prepared);
        return _test.Mailings.Find(mailing.MailingId)!;
    }
}
