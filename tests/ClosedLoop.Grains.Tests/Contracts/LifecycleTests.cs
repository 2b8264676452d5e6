namespace ClosedLoop.Grains.Tests.Contracts;

[Collection(EngineCollection.Name)]
public sealed class LifecycleTests(EngineFixture engine)
{
    private readonly string _key = Probe.NewKey();

    private ILifecycleGrain Grain => engine.Grains.GetGrain<ILifecycleGrain>(_key);

    [Fact]
    public async Task Activation_comes_before_the_first_call()
    {
        await Grain.Instance();
        Assert.Equal(["activated", "call"], Probe.Of(_key).Events);
    }

    [Fact]
    public async Task A_call_after_deactivation_activates_anew()
    {
        var first = await Grain.End();
        await Probe.UntilAsync(() => Probe.Of(_key).Count("deactivated") == 1);
        Assert.NotEqual(first, await Grain.Instance());
        Assert.Contains("deactivating ApplicationRequested", Probe.Of(_key).Events);
    }

    [Fact]
    public async Task A_call_into_a_deactivating_grain_waits_and_reaches_the_next_activation()
    {
        var first = await Grain.Instance();
        await Grain.EndSlowly();
        await Probe.Of(_key).WaitAsync("deactivating");
        var call = Grain.Instance();
        Probe.Of(_key).Signal("go on");
        Assert.NotEqual(first, await call);
        Assert.Equal(
            ["activated", "call", "deactivating ApplicationRequested", "deactivated", "activated", "call"], Probe.Of(_key).Events);
    }

    [Fact]
    public async Task Deactivation_waits_for_the_running_call()
    {
        var hold = Grain.Hold();
        await Probe.Of(_key).WaitAsync("held");
        var end = Grain.End();
        Probe.Of(_key).Signal("release");
        Assert.Equal(await hold, await end);
        await Probe.UntilAsync(() => Probe.Of(_key).Count("deactivated") == 1);
        Assert.Equal(["activated", "call ended", "deactivating ApplicationRequested", "deactivated"], Probe.Of(_key).Events);
    }

    [Fact]
    public async Task A_failed_activation_fails_the_call_and_the_next_call_tries_again()
    {
        Probe.Of(_key).Signal("fail");
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => Grain.Instance());
        Assert.Contains("not today", exception.Message, StringComparison.Ordinal);
        await Grain.Instance();
        Assert.Equal(2, Probe.Of(_key).Count("activated"));
    }
}
