using ClosedLoop.Data.Bulk;

namespace ClosedLoop.Data.Tests.Bulk;

public sealed class BulkStoreTests : OneDatabaseTests
{
    private BulkStore Store => new(Test.Database, Test.Writer, Test.Clock);

    [Theory, OnSqlite, OnPostgres]
    public async Task A_thing_is_taken_once_and_the_outcomes_add_up(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var id = await AddAsync();
        Assert.True(await Store.TakeAsync(id, 1));
        Assert.False(await Store.TakeAsync(id, 1));
        await Store.EndAsync(id, 1, BulkOutcome.Changed, "done");

        Assert.Equal((1, 2), (Store.Counts(id)[BulkOutcome.Changed], Store.Counts(id)[BulkOutcome.Waiting]));
        Assert.Equal(new BulkItem(1, "1", BulkOutcome.Changed, "done"), Store.Items(id, BulkOutcome.Changed, BulkOutcome.Changed, 0, 10).Single());
        Assert.Equal([2L, 3L], Store.Items(id, BulkOutcome.Waiting, BulkOutcome.Waiting, 1, 10).Select(item => item.Position));
        Assert.Equal(id, Store.Running().Single().Id);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_stopped_job_begins_nothing_more_and_ends_once(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var id = await AddAsync();
        Assert.True(await Store.CloseAsync(id, BulkState.Stopped));
        Assert.False(await Store.CloseAsync(id, BulkState.Finished));
        Assert.False(await Store.TakeAsync(id, 1));
        Assert.Equal((BulkState.Stopped, 3, Test.Now), (Store.Find(id)!.State, Store.Find(id)!.Total, Store.Find(id)!.FinishedAt));
        Assert.Empty(Store.Running());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Jobs_go_thirty_days_after_they_ended_with_all_they_were_about(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var old = await AddAsync();
        var running = await AddAsync();
        await Store.CloseAsync(old, BulkState.Finished);
        Test.Clock.Now += TimeSpan.FromDays(31);
        var next = await AddAsync(undoOf: old);

        Assert.Equal([next, running], Store.Before(long.MaxValue, 10).Select(job => job.Id));
        Assert.Equal(0, Test.Scalar($"SELECT COUNT(*) FROM bulk_item WHERE job_id = {old}"));
        Assert.Equal(next, Store.UndoOf(old)!.Id);
    }

    private Task<long> AddAsync(long? undoOf = null) => Store.AddAsync(new BulkJob { Kind = "files.retry", Actor = "ada", Origin = "api", Reason = "why", UndoOf = undoOf }, ["1", "2", "3"]);
}
