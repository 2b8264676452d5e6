namespace ClosedLoop.Grains.Tests.Contracts;

[Collection(EngineCollection.Name)]
public sealed class CircleTests(EngineFixture engine)
{
    private readonly string _key = Probe.NewKey();

    [Fact]
    public async Task A_circle_of_calls_ends_in_a_time_out_and_the_grain_lives_on()
    {
        var grain = engine.Grains.GetGrain<ICircleGrain>(_key);
        await Assert.ThrowsAsync<TimeoutException>(() => grain.CallThrough(Probe.NewKey(), _key));
        await grain.Later();
        await Probe.UntilAsync(() => Probe.Of(_key).Count("back") > 0);
    }

    [Fact]
    public async Task A_call_to_oneself_that_is_not_awaited_runs_afterwards()
    {
        await engine.Grains.GetGrain<ICircleGrain>(_key).Later();
        await Probe.UntilAsync(() => Probe.Of(_key).Count("back") == 1);
    }

    [Fact]
    public async Task A_call_that_takes_too_long_times_out_for_the_caller_only()
    {
        var grain = engine.Grains.GetGrain<ICounterGrain>(_key);
        var hold = grain.Hold();
        await Assert.ThrowsAsync<TimeoutException>(() => hold);
        Probe.Of(_key).Signal("release");
        await Probe.UntilAsync(() => Probe.Of(_key).Count("released") == 1);
        Assert.Equal(1, await grain.Get());
    }
}
