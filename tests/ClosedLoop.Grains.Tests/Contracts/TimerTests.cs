namespace ClosedLoop.Grains.Tests.Contracts;

[Collection(EngineCollection.Name)]
public sealed class TimerTests(EngineFixture engine)
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(10);

    private readonly string _key = Probe.NewKey();

    private ITimerGrain Grain => engine.Grains.GetGrain<ITimerGrain>(_key);

    private Probe Grains => Probe.Of(_key);

    [Fact]
    public async Task A_timer_ticks_again_and_again()
    {
        await Grain.Start(Short, Short, interleave: false, failing: false);
        await Probe.UntilAsync(() => Grains.Count("tick") >= 3);
    }

    [Fact]
    public async Task A_timer_without_period_ticks_once()
    {
        await Grain.Start(TimeSpan.Zero, Timeout.InfiniteTimeSpan, interleave: false, failing: false);
        await Probe.UntilAsync(() => Grains.Count("tick") == 1);
        var other = engine.Grains.GetGrain<ITimerGrain>(_key + "+other");
        await other.Start(Short, Short, interleave: false, failing: false);
        await Probe.UntilAsync(() => Probe.Of(_key + "+other").Count("tick") >= 10);
        Assert.Equal(1, Grains.Count("tick"));
    }

    [Fact]
    public async Task A_failing_tick_does_not_end_the_timer()
    {
        await Grain.Start(Short, Short, interleave: false, failing: true);
        await Probe.UntilAsync(() => Grains.Count("tick") >= 3);
    }

    [Fact]
    public async Task A_tick_waits_for_the_running_call()
    {
        var other = engine.Grains.GetGrain<ITimerGrain>(_key + "+other");
        await Grain.Start(TimeSpan.FromMilliseconds(200), Short, interleave: false, failing: false);
        var hold = Grain.Hold();
        await Grains.WaitAsync("held");
        await other.Start(TimeSpan.FromMilliseconds(300), Short, interleave: false, failing: false);
        await Probe.UntilAsync(() => Probe.Of(_key + "+other").Count("tick") >= 3);
        Grains.Signal("release");
        await hold;
        await Probe.UntilAsync(() => Grains.Count("tick") >= 1);
        var events = Grains.Events.ToList();
        Assert.True(events.IndexOf("end of hold") == events.IndexOf("hold") + 1, string.Join(", ", events));
    }

    [Fact]
    public async Task An_interleaving_tick_runs_beside_a_held_call()
    {
        await Grain.Start(Short, Short, interleave: true, failing: false);
        var hold = Grain.Hold();
        await Grains.WaitAsync("held");
        var seen = Grains.Count("tick");
        await Probe.UntilAsync(() => Grains.Count("tick") > seen + 2);
        Grains.Signal("release");
        await hold;
    }

    [Fact]
    public async Task A_disposed_timer_is_silent()
    {
        await Grain.Start(Short, Short, interleave: false, failing: false);
        await Probe.UntilAsync(() => Grains.Count("tick") >= 1);
        await Grain.StopTimer();
        await SilentAfterAsync("stopped");
    }

    [Fact]
    public async Task A_timer_ends_with_the_activation()
    {
        await Grain.Start(Short, Short, interleave: false, failing: false);
        await Probe.UntilAsync(() => Grains.Count("tick") >= 1);
        await Grain.End();
        await Probe.UntilAsync(() => Grains.Count("deactivated") == 1);
        await SilentAfterAsync("deactivated");
    }

    [Fact]
    public async Task A_changed_timer_keeps_the_new_time()
    {
        await Grain.Start(TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan, interleave: false, failing: false);
        await Grain.Change(Short, Short);
        await Probe.UntilAsync(() => Grains.Count("tick") >= 2);
    }

    /// <summary>Lets another timer tick many times instead of waiting for a span of time.</summary>
    private async Task SilentAfterAsync(string mark)
    {
        var other = engine.Grains.GetGrain<ITimerGrain>(_key + "+other");
        await other.Start(Short, Short, interleave: false, failing: false);
        await Probe.UntilAsync(() => Probe.Of(_key + "+other").Count("tick") >= 10);
        Assert.DoesNotContain("tick", Grains.Events.SkipWhile(one => one != mark));
    }
}
