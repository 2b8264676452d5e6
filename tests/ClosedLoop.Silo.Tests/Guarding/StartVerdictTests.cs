using ClosedLoop.Data.Guard;
using ClosedLoop.Model;
using ClosedLoop.Silo.Guarding;

namespace ClosedLoop.Silo.Tests.Guarding;

/// <summary>Which starts are ordinary and which may be those of a restored backup.</summary>
public sealed class StartVerdictTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Tolerance = TimeSpan.FromHours(2);

    [Fact]
    public void A_first_start_and_an_ordinary_restart_go_on()
    {
        Assert.Null(Of(null, null));
        Assert.Null(Of(Mark("a", 5), Row("a", 5)));
        Assert.Null(Of(Mark("a", 5), Row("a", 6)));
        Assert.Null(Of(Mark("a", 5), Row("a", 5, hoursAgo: 2)));
        Assert.Null(Of(null, null, lastWriteHoursAgo: 2));
    }

    [Fact]
    public void A_long_stop_is_held_only_when_somebody_waits()
    {
        Assert.Contains("last in use 2026-03-02 06:59:24Z", Of(Mark("a", 5), Row("a", 5, hoursAgo: 2.01)), StringComparison.Ordinal);
        Assert.Null(Of(Mark("a", 5), Row("a", 5, hoursAgo: 1000), open: 0));
    }

    [Fact]
    public void Another_or_an_older_database_is_held()
    {
        Assert.Contains("belongs to installation b", Of(Mark("a", 5), Row("b", 5)), StringComparison.Ordinal);
        Assert.Contains("older than this folder", Of(Mark("a", 6), Row("a", 5)), StringComparison.Ordinal);
        Assert.Contains("this folder to none", Of(null, Row("b", 5)), StringComparison.Ordinal);
        Assert.Contains("has no mark", Of(Mark("a", 5), null), StringComparison.Ordinal);
        Assert.Null(Of(Mark("a", 6), Row("b", 5), open: 0));
    }

    [Fact]
    public void A_database_from_before_the_guard_is_judged_by_its_last_write() => Assert.NotNull(Of(null, null, lastWriteHoursAgo: 3));

    [Fact]
    public void A_new_folder_joins_silos_that_work_on_the_database_and_one_with_a_mark_is_judged_by_it()
    {
        Assert.Null(Of(null, Row("b", 5), joins: true));
        Assert.NotNull(Of(Mark("a", 5), Row("b", 5), joins: true));
    }

    private static string? Of(InstanceMark? mark, InstanceRow? row, long open = 3, double lastWriteHoursAgo = 0, bool joins = false) => StartVerdict.Of(
        mark, row, Instants.ToMicroseconds(Now - TimeSpan.FromHours(lastWriteHoursAgo)), open, Instants.ToMicroseconds(Now), Tolerance, joins);

    private static InstanceMark Mark(string id, long beat) => new(id, beat, Now);

    private static InstanceRow Row(string id, long beat, double hoursAgo = 0) => new(id, beat, Instants.ToMicroseconds(Now - TimeSpan.FromHours(hoursAgo)));
}
