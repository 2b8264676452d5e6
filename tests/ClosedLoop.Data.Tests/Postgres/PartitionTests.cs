using ClosedLoop.Model;
using ClosedLoop.Testing.Servers;

namespace ClosedLoop.Data.Tests.Postgres;

public class PartitionTests
{
    [PostgresFact]
    public async Task Events_lie_in_the_partition_of_their_day_and_empty_ones_go_after_a_month()
    {
        await using var test = new TestDatabase(DatabaseKind.Postgres);
        await AddAsync(test);
        test.Clock.Now = test.Clock.Now.AddDays(1);
        await AddAsync(test);
        await AddAsync(test);
        Assert.Equal(1, test.Scalar("SELECT COUNT(*) FROM event_20260302"));
        Assert.Equal(2, test.Scalar("SELECT COUNT(*) FROM event_20260303"));
        await test.Writer.WriteAsync(context => context.Execute("DELETE FROM event WHERE recorded < $1", Instants.ToMicroseconds(new DateTimeOffset(2026, 3, 3, 0, 0, 0, TimeSpan.Zero))));
        test.Clock.Now = test.Clock.Now.AddDays(40);
        await AddAsync(test);
        Assert.Equal(0, test.Scalar("SELECT COUNT(*) FROM pg_tables WHERE tablename = 'event_20260302'"));
        Assert.Equal(2, test.Scalar("SELECT COUNT(*) FROM event_20260303"));
        Assert.Equal(3, test.Scalar("SELECT COUNT(*) FROM event"));
    }

    [PostgresFact]
    public async Task A_partition_whose_transaction_failed_is_made_again()
    {
        await using var test = new TestDatabase(DatabaseKind.Postgres);
        await Assert.ThrowsAsync<InvalidOperationException>(() => test.Writer.WriteAsync(_ => throw new InvalidOperationException()));
        await AddAsync(test);
        Assert.Equal(1, test.Scalar("SELECT COUNT(*) FROM event"));
    }

    private static Task<int> AddAsync(TestDatabase test) => test.Writer.WriteAsync(context => context.Execute(
        "INSERT INTO event (kind, client_id, mailing_id, sequence, link_ordinal, automated, occurred_at, recorded) VALUES (1, 1, 1, 1, 0, 0, 0, $1)", context.Stamp));
}
