namespace ClosedLoop.Grains.Tests.Contracts;

[Collection(EngineCollection.Name)]
public sealed class TurnTests(EngineFixture engine)
{
    private readonly string _key = Probe.NewKey();

    private ICounterGrain Counter => engine.Grains.GetGrain<ICounterGrain>(_key);

    [Fact]
    public async Task Calls_of_one_grain_never_overlap_even_across_await()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => Counter.AddAcrossAwait())));
        Assert.Equal(50, await Counter.Get());
    }

    [Fact]
    public async Task A_second_call_waits_for_the_first()
    {
        var hold = Counter.Hold();
        await Probe.Of(_key).WaitAsync("held");
        var second = Counter.Get();
        Assert.Equal(0, await Counter.Look());
        Assert.False(second.IsCompleted);
        Probe.Of(_key).Signal("release");
        await hold;
        Assert.Equal(1, await second);
    }

    [Fact]
    public async Task An_always_interleave_call_runs_beside_a_held_call()
    {
        var hold = Counter.Hold();
        await Probe.Of(_key).WaitAsync("held");
        Assert.Equal(0, await Counter.Look());
        Probe.Of(_key).Signal("release");
        await hold;
    }

    [Fact]
    public async Task Async_locals_of_the_caller_do_not_reach_the_grain()
    {
        CounterGrain.AmbientValue.Value = "the caller's";
        Assert.Null(await Counter.Ambient());
    }

    [Fact]
    public async Task Calls_of_a_reentrant_grain_interleave()
    {
        var grain = engine.Grains.GetGrain<IReentrantGrain>(_key);
        var waiting = grain.WaitForOther();
        await grain.SignalOther();
        await waiting;
    }

    [Fact]
    public async Task Interleaved_calls_still_run_one_turn_at_a_time()
    {
        var grain = engine.Grains.GetGrain<IReentrantGrain>(_key);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => grain.AddManyAcrossAwaits(500))));
        Assert.Equal(4000, await grain.Get());
    }

    [Fact]
    public async Task A_reentrant_grain_may_wait_for_itself() =>
        Assert.Equal(5, await engine.Grains.GetGrain<IReentrantGrain>(_key).CallMyself(5));

    [Fact]
    public async Task Read_only_calls_interleave_with_each_other()
    {
        var grain = engine.Grains.GetGrain<IReaderGrain>(_key);
        await Task.WhenAll(grain.ReadTogether(3), grain.ReadTogether(3), grain.ReadTogether(3));
    }

    [Fact]
    public async Task A_read_only_call_keeps_a_writing_call_waiting()
    {
        var grain = engine.Grains.GetGrain<IReaderGrain>(_key);
        var read = grain.ReadHeld();
        await Probe.Of(_key).WaitAsync("reading");
        var write = grain.Write();
        Probe.Of(_key).Signal("release");
        await Task.WhenAll(read, write);
        Assert.Equal(["read", "written"], Probe.Of(_key).Events);
    }
}
