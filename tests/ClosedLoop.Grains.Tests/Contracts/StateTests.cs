namespace ClosedLoop.Grains.Tests.Contracts;

[Collection(EngineCollection.Name)]
public sealed class StateTests(EngineFixture engine)
{
    private readonly string _key = Probe.NewKey();

    private IStateGrain Grain => engine.Grains.GetGrain<IStateGrain>(_key);

    [Fact]
    public async Task A_state_never_written_is_new_and_has_no_version()
    {
        var state = await Grain.Describe();
        Assert.Equal(new StateDescription(Text: null, Number: 0, Exists: false, Etag: null, Other: null), state);
    }

    [Fact]
    public async Task A_written_state_is_there_after_deactivation()
    {
        await Grain.Set("kept", 7);
        await Grain.End();
        var state = await Grain.Describe();
        Assert.Equal(("kept", 7, true), (state.Text, state.Number, state.Exists));
        Assert.NotNull(state.Etag);
    }

    [Fact]
    public async Task A_change_not_written_is_gone_after_deactivation()
    {
        await Grain.Set("kept", 1);
        await Grain.SetWithoutWriting("lost");
        await Grain.End();
        Assert.Equal("kept", (await Grain.Describe()).Text);
    }

    [Fact]
    public async Task Reading_again_gives_the_stored_state_back()
    {
        await Grain.Set("kept", 1);
        await Grain.SetWithoutWriting("lost");
        await Grain.Reread();
        Assert.Equal("kept", (await Grain.Describe()).Text);
    }

    [Fact]
    public async Task Every_write_has_another_version()
    {
        await Grain.Set("one", 1);
        var first = (await Grain.Describe()).Etag;
        await Grain.Set("two", 2);
        Assert.NotEqual(first, (await Grain.Describe()).Etag);
    }

    [Fact]
    public async Task Two_states_of_a_grain_are_two_records()
    {
        await Grain.Set("first", 1);
        await Grain.SetOther("second");
        await Grain.End();
        var state = await Grain.Describe();
        Assert.Equal(("first", "second"), (state.Text, state.Other));
    }

    [Fact]
    public async Task A_cleared_state_is_new_and_can_be_written_again()
    {
        await Grain.Set("old", 1);
        await Grain.Clear();
        var cleared = await Grain.Describe();
        Assert.Equal((null, 0, false), (cleared.Text, cleared.Number, cleared.Exists));
        await Grain.End();
        Assert.False((await Grain.Describe()).Exists);
        await Grain.Set("new", 2);
        await Grain.End();
        Assert.Equal("new", (await Grain.Describe()).Text);
    }

    [Fact]
    public async Task Clearing_what_was_never_written_does_nothing()
    {
        await Grain.Clear();
        Assert.False((await Grain.Describe()).Exists);
    }

    [Fact]
    public async Task Two_writes_started_together_do_not_conflict()
    {
        await Grain.Set("x", 0);
        Assert.NotNull(await Grain.WriteTwiceAtOnce());
        await Grain.End();
        Assert.Equal(2, (await Grain.Describe()).Number);
    }

    [Fact]
    public async Task A_write_over_somebody_elses_write_is_refused_and_the_grain_reads_anew()
    {
        var grain = engine.Grains.GetGrain<IConflictGrain>(_key);
        await grain.WriteOne("theirs");
        await Assert.ThrowsAsync<InconsistentStateException>(() => grain.WriteOther("ours"));
        Assert.Equal("theirs", await grain.ReadOther());
        await grain.WriteOther("ours now");
    }
}
