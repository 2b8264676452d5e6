namespace ClosedLoop.Grains.Tests;

public sealed class IdleCollectionTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly string _key = Probe.NewKey();

    private Probe Events => Probe.Of(_key);

    [Fact]
    public async Task A_grain_unused_for_the_collection_age_is_deactivated()
    {
        await using var host = await StartAsync();
        await host.Grains.GetGrain<ILifecycleGrain>(_key).Instance();
        _time.Advance(TimeSpan.FromMinutes(14));
        Assert.Equal(1, host.Engine.Snapshot().Activations);
        _time.Advance(TimeSpan.FromMinutes(2));
        await Probe.UntilAsync(() => Events.Count("deactivated") == 1);
        Assert.Contains("deactivating ActivationIdle", Events.Events);
        await Probe.UntilAsync(() => host.Engine.Snapshot().Activations == 0);
    }

    [Fact]
    public async Task A_call_starts_the_age_anew()
    {
        await using var host = await StartAsync();
        var grain = host.Grains.GetGrain<ILifecycleGrain>(_key);
        await grain.Instance();
        _time.Advance(TimeSpan.FromMinutes(14));
        await grain.Instance();
        _time.Advance(TimeSpan.FromMinutes(14));
        Assert.Equal(0, Events.Count("deactivating ActivationIdle"));
    }

    [Fact]
    public async Task A_class_may_have_its_own_age_and_a_grain_may_ask_for_a_delay()
    {
        await using var host = await StartAsync();
        var grain = host.Grains.GetGrain<IShortLivedGrain>(_key);
        await grain.Delay(TimeSpan.FromMinutes(5));
        _time.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(0, Events.Count("deactivated"));
        _time.Advance(TimeSpan.FromMinutes(2));
        await Probe.UntilAsync(() => Events.Count("deactivated") == 1);
    }

    [Fact]
    public async Task A_busy_grain_is_not_collected()
    {
        await using var host = await StartAsync();
        var hold = host.Grains.GetGrain<ILifecycleGrain>(_key).Hold();
        await Events.WaitAsync("held");
        _time.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(0, Events.Count("deactivating ActivationIdle"));
        Events.Signal("release");

        // The answer came after the time-out of the manual clock.
        await Assert.ThrowsAsync<TimeoutException>(() => hold);
    }

    private Task<EmbeddedGrainHost> StartAsync() => EmbeddedGrainHost.StartAsync(options => options.UseMemory(), _time);
}
