namespace ClosedLoop.Grains.Tests.Contracts;

[Collection(EngineCollection.Name)]
public sealed class CallShapeTests(EngineFixture engine)
{
    private readonly string _key = Probe.NewKey();

    private IShapesGrain Grain => engine.Grains.GetGrain<IShapesGrain>(_key);

    [Fact]
    public async Task Tasks_and_value_tasks_with_and_without_result_come_back()
    {
        await Grain.PlainTask();
        await Grain.PlainValueTask();
        Assert.Equal(long.MaxValue, await Grain.Number(long.MaxValue));
        Assert.Equal("a72026-11-22", await Grain.Text("a", 7, new DateOnly(2026, 11, 22)));
        Assert.Equal("a7", await Grain.Text("a", 7, null));
    }

    [Fact]
    public async Task Messages_arrive_as_they_were_sent()
    {
        var message = new Message("text", [1, 2, 3]);
        var answer = await Grain.Echo(message);
        Assert.Equal(message.Text, answer.Text);
        Assert.Equal(message.Numbers, answer.Numbers);
    }

    [Fact]
    public async Task A_cancelled_token_reaches_the_grain()
    {
        using var cancel = new CancellationTokenSource();
        var call = Grain.UntilCancelled(cancel.Token);
        await Probe.Of(_key).WaitAsync("waiting");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }
}
