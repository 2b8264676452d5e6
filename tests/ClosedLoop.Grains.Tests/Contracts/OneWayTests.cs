namespace ClosedLoop.Grains.Tests.Contracts;

[Collection(EngineCollection.Name)]
public sealed class OneWayTests(EngineFixture engine)
{
    private readonly string _key = Probe.NewKey();

    private IOneWayGrain Grain => engine.Grains.GetGrain<IOneWayGrain>(_key);

    [Fact]
    public async Task A_one_way_call_returns_before_the_grain_has_done_it()
    {
        await Grain.Tell();
        Assert.False(Probe.Of(_key).IsSignalled("told"));
        Probe.Of(_key).Signal("release");
        await Probe.Of(_key).WaitAsync("told");
    }

    [Fact]
    public async Task An_exception_of_a_one_way_call_is_nobodys()
    {
        await Grain.TellBadly();
        Assert.Equal("asked", await Grain.Ask());
    }
}
