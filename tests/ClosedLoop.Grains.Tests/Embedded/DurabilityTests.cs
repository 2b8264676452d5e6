using System.Text;

namespace ClosedLoop.Grains.Tests;

public sealed class DurabilityTests
{
    private readonly string _key = Probe.NewKey();

    [Fact]
    public async Task A_state_on_SQLite_survives_a_restart()
    {
        await using var file = new SqliteFile();
        await using (var first = await StartAsync(file))
        {
            var grain = first.Grains.GetGrain<IStateGrain>(_key);
            await grain.Set("kept", 1);
            await grain.Set("kept again", 2);
        }

        await using var second = await StartAsync(file);
        var state = await second.Grains.GetGrain<IStateGrain>(_key).Describe();
        Assert.Equal(("kept again", 2, true, "2"), (state.Text, state.Number, state.Exists, state.Etag));
    }

    [Fact]
    public async Task A_state_is_one_row_in_the_layout_of_Orleans()
    {
        await using var file = new SqliteFile();
        await using var host = await StartAsync(file);
        await host.Grains.GetGrain<IStateGrain>("some key").Set("x", 3);
        var row = Assert.Single(await file.RowsAsync(
            "SELECT GrainIdN0, GrainIdN1, GrainTypeString, GrainIdExtensionString, ServiceId, PayloadBinary, Version FROM OrleansStorage"));
        Assert.Equal([0L, 0L, "tests-first", "some key", "contract"], row[..5]);
        Assert.Equal("""{"Text":"x","Number":3}""", Encoding.UTF8.GetString((byte[])row[5]!));
        Assert.Equal(1L, row[6]);
    }

    [Fact]
    public async Task A_cleared_state_keeps_its_row_and_counts_on()
    {
        await using var file = new SqliteFile();
        await using var host = await StartAsync(file);
        var grain = host.Grains.GetGrain<IStateGrain>(_key);
        await grain.Set("x", 1);
        await grain.Clear();
        var row = Assert.Single(await file.RowsAsync("SELECT PayloadBinary, Version FROM OrleansStorage"));
        Assert.Equal([DBNull.Value, 2L], row);
        await grain.Set("y", 2);
        Assert.Equal("3", (await grain.Describe()).Etag);
    }

    [Fact]
    public async Task A_write_over_a_row_changed_outside_is_refused()
    {
        await using var file = new SqliteFile();
        await using var host = await StartAsync(file);
        var grain = host.Grains.GetGrain<IStateGrain>(_key);
        await grain.Set("x", 1);
        await file.RowsAsync("UPDATE OrleansStorage SET Version = 9");
        var exception = await Assert.ThrowsAsync<InconsistentStateException>(() => grain.Set("y", 2));
        Assert.Equal(("9", "1"), (exception.StoredEtag, exception.CurrentEtag));
        Assert.Equal(("x", "9"), ((await grain.Describe()).Text, (await grain.Describe()).Etag));
    }

    [Fact]
    public async Task A_reminder_on_SQLite_survives_a_restart()
    {
        await using var file = new SqliteFile();
        var time = new ManualTimeProvider();
        await using (var first = await StartAsync(file, time))
            await first.Grains.GetGrain<IReminderGrain>(_key).Register("wake", TimeSpan.FromHours(2), TimeSpan.FromHours(1));

        time.Advance(TimeSpan.FromHours(1));
        await using var second = await StartAsync(file, time);
        Assert.True(await second.Grains.GetGrain<IReminderGrain>(_key).Has("wake"));
        Assert.Equal(0, Probe.Of(_key).Count("tick wake"));
        time.Advance(TimeSpan.FromHours(1));
        await Probe.UntilAsync(() => Probe.Of(_key).Count("tick wake") == 1);
    }

    [Fact]
    public async Task Ticks_missed_while_the_process_was_down_are_made_up_for_by_one()
    {
        await using var file = new SqliteFile();
        var time = new ManualTimeProvider();
        await using (var first = await StartAsync(file, time))
            await first.Grains.GetGrain<IReminderGrain>(_key).Register("wake", TimeSpan.FromHours(1), TimeSpan.FromHours(1));

        time.Advance(TimeSpan.FromMinutes(270));
        await using var second = await StartAsync(file, time);
        time.Advance(TimeSpan.Zero);
        await Probe.UntilAsync(() => Probe.Of(_key).Count("tick wake") == 1);

        // The next tick is back on the old beat: at 5 hours, half an hour later.
        await Probe.UntilAsync(() =>
        {
            time.Advance(TimeSpan.FromMinutes(1));
            return Probe.Of(_key).Count("tick wake") == 2;
        });
        Assert.True(time.GetUtcNow() >= new DateTimeOffset(2026, 11, 22, 13, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task An_unregistered_reminder_leaves_no_row()
    {
        await using var file = new SqliteFile();
        await using var host = await StartAsync(file);
        var grain = host.Grains.GetGrain<IReminderGrain>(_key);
        await grain.Register("wake", TimeSpan.FromHours(1), TimeSpan.FromHours(1));
        await grain.Register("wake", TimeSpan.FromHours(2), TimeSpan.FromHours(1));
        var row = Assert.Single(await file.RowsAsync("SELECT ServiceId, GrainId, ReminderName, Period, Version FROM OrleansRemindersTable"));
        Assert.Equal(["contract", $"reminder/{_key}", "wake", 3_600_000L, 1L], row);
        await grain.Unregister("wake");
        Assert.Empty(await file.RowsAsync("SELECT * FROM OrleansRemindersTable"));
    }

    private static Task<EmbeddedGrainHost> StartAsync(SqliteFile file, TimeProvider? time = null) => EmbeddedGrainHost.StartAsync(
        options =>
        {
            options.ServiceId = "contract";
            options.UseAdoNet(file.Source, GrainSqlDialect.Sqlite);
        },
        time);
}
