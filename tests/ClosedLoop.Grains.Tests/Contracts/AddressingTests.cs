namespace ClosedLoop.Grains.Tests.Contracts;

[Collection(EngineCollection.Name)]
public sealed class AddressingTests(EngineFixture engine)
{
    [Fact]
    public async Task A_grain_knows_its_key()
    {
        var key = Probe.NewKey() + "/with:odd chars ü";
        Assert.Equal(key, await engine.Grains.GetGrain<IShapesGrain>(key).Name());
    }

    [Fact]
    public async Task References_to_one_key_reach_one_activation()
    {
        var key = Probe.NewKey();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => engine.Grains.GetGrain<ILifecycleGrain>(key).Instance())));
        Assert.Single(answers.Distinct());
        Assert.Equal(1, Probe.Of(key).Count("activated"));
    }

    [Fact]
    public async Task Different_keys_are_different_grains()
    {
        var one = engine.Grains.GetGrain<ICounterGrain>(Probe.NewKey());
        var other = engine.Grains.GetGrain<ICounterGrain>(Probe.NewKey());
        await one.Add(5);
        Assert.Equal(0, await other.Get());
        Assert.Equal(5, await one.Get());
    }

    [Fact]
    public async Task Methods_of_a_base_interface_are_calls_too()
    {
        var key = Probe.NewKey();
        IShapesBase grain = engine.Grains.GetGrain<IShapesGrain>(key);
        Assert.Equal(key, await grain.Name());
    }

    [Fact]
    public async Task A_reference_travels_as_an_argument_and_as_a_result()
    {
        var key = Probe.NewKey();
        var other = engine.Grains.GetGrain<IShapesGrain>(key);
        Assert.Equal(key, await engine.Grains.GetGrain<IShapesGrain>(Probe.NewKey()).TalkTo(other));
        Assert.Equal(key, (await other.Myself()).GetPrimaryKeyString());
        Assert.Equal(other, await other.Myself());
    }
}
