namespace ClosedLoop.Grains.Tests.Contracts;

[Collection(EngineCollection.Name)]
public sealed class ReminderTests(EngineFixture engine)
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(100);

    private readonly string _key = Probe.NewKey();

    private IReminderGrain Grain => engine.Grains.GetGrain<IReminderGrain>(_key);

    [Fact]
    public async Task A_reminder_ticks_again_and_again_with_its_period()
    {
        await Grain.Register("wake", Short, Short);
        await Probe.UntilAsync(() => Probe.Of(_key).Count("tick wake") >= 3);
        Assert.Contains($"period {Short}", Probe.Of(_key).Events);
        await Grain.Unregister("wake");
    }

    [Fact]
    public async Task A_reminder_activates_a_grain_that_has_gone()
    {
        await Grain.Register("wake", TimeSpan.FromMilliseconds(300), TimeSpan.FromHours(1));
        await Grain.End();
        await Probe.UntilAsync(() => Probe.Of(_key).Count("tick wake") == 1);
        Assert.Equal(2, Probe.Of(_key).Count("activated"));
        await Grain.Unregister("wake");
    }

    [Fact]
    public async Task A_reminder_is_found_until_it_is_unregistered()
    {
        Assert.False(await Grain.Has("wake"));
        await Grain.Register("wake", TimeSpan.FromHours(1), TimeSpan.FromHours(1));
        Assert.True(await Grain.Has("wake"));
        Assert.False(await Grain.Has("other"));
        await Grain.Unregister("wake");
        Assert.False(await Grain.Has("wake"));
    }

    [Fact]
    public async Task An_unregistered_reminder_is_silent()
    {
        await Grain.Register("wake", TimeSpan.FromMilliseconds(400), Short);
        await Grain.Unregister("wake");
        var other = engine.Grains.GetGrain<IReminderGrain>(_key + "+other");
        await other.Register("wake", TimeSpan.FromMilliseconds(600), Short);
        await Probe.UntilAsync(() => Probe.Of(_key + "+other").Count("tick wake") >= 3);
        Assert.Equal(0, Probe.Of(_key).Count("tick wake"));
        await other.Unregister("wake");
    }

    [Fact]
    public async Task Registering_again_sets_the_times_anew()
    {
        await Grain.Register("wake", TimeSpan.FromHours(1), TimeSpan.FromHours(1));
        await Grain.Register("wake", Short, Short);
        await Probe.UntilAsync(() => Probe.Of(_key).Count("tick wake") >= 2);
        await Grain.Unregister("wake");
    }

    [Fact]
    public async Task A_period_below_the_minimum_is_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Grain.Register("wake", Short, TimeSpan.FromMilliseconds(49)));

    [Fact]
    public async Task A_grain_that_takes_no_reminders_cannot_register_one() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => engine.Grains.GetGrain<IForgetfulGrain>(_key).Register());
}
