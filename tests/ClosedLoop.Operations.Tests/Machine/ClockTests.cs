using ClosedLoop.Data;
using ClosedLoop.Operations.Reading;
using ClosedLoop.Testing.Servers;

namespace ClosedLoop.Operations.Tests.Machine;

/// <summary>The clock of the machine beside that of the database.</summary>
public sealed class ClockTests
{
    [PostgresFact]
    public async Task A_machine_whose_clock_is_ahead_is_told_by_how_much()
    {
        var database = Database.Postgres((await PostgresServer.SharedAsync()).CreateDatabase());
        var right = await AskAsync(database, TimeProvider.System);
        Assert.False(right.IsOff, right.Text);
        var ahead = await AskAsync(database, new AheadClock(TimeSpan.FromSeconds(10)));
        Assert.True(ahead.IsOff);
        Assert.InRange(ahead.Ahead.TotalSeconds, 8, 12);
        Assert.EndsWith(" s ahead of the database's", ahead.Text, StringComparison.Ordinal);
        Assert.InRange((await AskAsync(database, new AheadClock(TimeSpan.FromSeconds(-10)))).Ahead.TotalSeconds, -12, -8);
    }

    [Fact]
    public async Task A_database_that_is_a_file_is_compared_with_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("closedloop-clock-");
        try
        {
            Assert.Null(await new ClockReader(new Database(Path.Combine(folder.FullName, "a.db")), new Figures(TimeProvider.System), TimeProvider.System).ReadAsync());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData(2_000, false, "2.000 s ahead of the database's")]
    [InlineData(2_001, true, "2.001 s ahead of the database's")]
    [InlineData(-2_001, true, "2.001 s behind the database's")]
    [InlineData(-3, false, "as the database's, to 4 ms")]
    public void More_than_two_seconds_are_too_many_and_less_than_half_the_way_is_nothing(int milliseconds, bool isOff, string text)
    {
        var offset = new ClockOffset(TimeSpan.FromMilliseconds(milliseconds), TimeSpan.FromMilliseconds(8));
        Assert.Equal((isOff, text), (offset.IsOff, offset.Text));
    }

    private static async Task<ClockOffset> AskAsync(Database database, TimeProvider time)
    {
        var reader = new ClockReader(database, new Figures(TimeProvider.System), time);
        var offset = default(ClockOffset);
        await Eventually.ThatAsync("an answer of the database", async () => (offset = await reader.ReadAsync()) is not null);
        return offset!;
    }

    private sealed class AheadClock(TimeSpan ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
    }
}
