namespace ClosedLoop.Grains.Tests.Contracts;

public sealed class DrainTests
{
    private readonly string _key = Probe.NewKey();

    [Fact]
    public async Task The_end_of_the_engine_deactivates_the_grains()
    {
        var host = await GrainHosts.StartAsync();
        await host.Grains.GetGrain<ILifecycleGrain>(_key).Instance();
        await host.StopAsync();
        Assert.Equal(["activated", "call", "deactivating ShuttingDown", "deactivated"], Probe.Of(_key).Events);
    }

    [Fact]
    public async Task The_end_of_the_engine_waits_for_the_running_call()
    {
        var host = await GrainHosts.StartAsync();
        var hold = host.Grains.GetGrain<ILifecycleGrain>(_key).Hold();
        await Probe.Of(_key).WaitAsync("held");
        var stop = host.StopAsync();
        Assert.False(stop.IsCompleted);
        Probe.Of(_key).Signal("release");
        await stop;
        Assert.Equal(["activated", "call ended", "deactivating ShuttingDown", "deactivated"], Probe.Of(_key).Events);
        await hold;
    }

    [Fact]
    public async Task A_call_after_the_end_is_refused()
    {
        var host = await GrainHosts.StartAsync();
        var grain = host.Grains.GetGrain<ILifecycleGrain>(_key);
        await host.StopAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => grain.Instance());
        Assert.Empty(Probe.Of(_key).Events);
    }
}
