namespace ClosedLoop.Grains.Tests.Contracts;

[Collection(EngineCollection.Name)]
public sealed class ExceptionTests(EngineFixture engine)
{
    private readonly string _key = Probe.NewKey();

    private IFailingGrain Grain => engine.Grains.GetGrain<IFailingGrain>(_key);

    [Fact]
    public async Task An_exception_before_the_first_await_is_the_callers()
    {
        // Made outside the assertion: the call itself must not throw, only its task.
        var call = Grain.ThrowAtOnce("first");
        Assert.Equal("first", (await Assert.ThrowsAsync<ArgumentException>(() => call)).Message);
    }

    [Fact]
    public async Task An_exception_after_an_await_is_the_callers() =>
        Assert.Equal("second", (await Assert.ThrowsAsync<InvalidOperationException>(() => Grain.ThrowLater("second"))).Message);

    [Fact]
    public async Task An_own_exception_type_comes_through_a_value_task() =>
        Assert.Equal("third", (await Assert.ThrowsAsync<TestFaultException>(async () => await Grain.ThrowValue("third"))).Message);

    [Fact]
    public async Task An_exception_passes_through_a_grain_in_between() =>
        Assert.Equal("fourth", (await Assert.ThrowsAsync<InvalidOperationException>(() => Grain.ThrowThroughOther(Probe.NewKey(), "fourth"))).Message);

    [Fact]
    public async Task A_grain_goes_on_after_an_exception()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Grain.ThrowLater("x"));
        Assert.Equal("fine", await Grain.Fine());
    }
}
