using ClosedLoop.Data.Access;
using ClosedLoop.Data.Auditing;

namespace ClosedLoop.Data.Tests.Access;

public sealed class AccessStoreTests : OneDatabaseTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_name_is_one_person_in_any_case_and_a_change_gives_a_new_stamp(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var users = new UserStore(Test.Database, Test.Writer, Test.Clock);
        Assert.True(await users.AddAsync("Ada", OperatorRole.Operator, "hash"));
        Assert.False(await users.AddAsync(" ADA ", OperatorRole.Admin, "hash"));
        var before = users.Find("aDa")!;

        Assert.True(await users.ChangeAsync("ada", disabled: true));

        var after = users.Find("ada")!;
        Assert.Equal((OperatorRole.Operator, "hash", true), (after.Role, after.Password, after.Disabled));
        Assert.NotEqual(before.Stamp, after.Stamp);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Wrong_passwords_lock_longer_and_longer_and_a_right_one_forgets_them(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var users = new UserStore(Test.Database, Test.Writer, Test.Clock);
        await users.AddAsync("ada", OperatorRole.Viewer, "hash");
        long[] seconds = [0, 30, 60, 120];
        foreach (var expected in seconds)
        {
            await users.FailedAsync("ada", free: 2, TimeSpan.FromSeconds(30));
            Assert.Equal(expected == 0 ? null : Test.Now + (expected * 1_000_000), users.Find("ada")!.LockedUntil);
        }

        await users.SignedInAsync("ada");
        Assert.Equal((0, null), (users.Find("ada")!.Failures, users.Find("ada")!.LockedUntil));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_key_of_a_request_is_taken_once_kept_with_its_answer_and_free_after_a_day(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var store = new IdempotencyStore(Test.Database, Test.Writer, Test.Clock);
        Assert.Null(await store.BeginAsync("ada", "k", "one"));
        Assert.Equal(new KeptAnswer("one", null, null), await store.BeginAsync("ada", "k", "one"));
        Assert.Null(await store.BeginAsync("bob", "k", "one"));
        await store.EndAsync("ada", "k", 200, "{}");
        Assert.Equal(new KeptAnswer("one", 200, "{}"), await store.BeginAsync("ada", "k", "other"));
        Test.Clock.Now += TimeSpan.FromHours(25);
        Assert.Null(await store.BeginAsync("ada", "k", "other"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_audit_is_read_newest_first_and_by_subject(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var store = new AuditStore(Test.Database, Test.Writer, Test.Clock);
        for (var i = 0; i < 3; i++)
            await store.AddAsync(new AuditEntry { Actor = "ada", Origin = "api", Action = "mailing.pause", Subject = $"mailing/{i % 2}", Done = i != 1, Answer = $"answer {i}" });

        Assert.Equal(["answer 2", "answer 1", "answer 0"], store.Before(long.MaxValue, 10).Select(entry => entry.Answer));
        Assert.Equal(["answer 2", "answer 0"], store.Of("mailing/0", 10).Select(entry => entry.Answer));
        Assert.Equal(["answer 0"], store.Before(store.Of("mailing/1", 1).Single().Id, 10).Select(entry => entry.Answer));
    }
}
