namespace ClosedLoop.Grains.Tests;

[Alias("tests.IShapesBase")]
public interface IShapesBase : IGrainWithStringKey
{
    [Alias("Name")]
    Task<string> Name();
}

[Alias("tests.IShapesGrain")]
public interface IShapesGrain : IShapesBase
{
    [Alias("PlainTask")]
    Task PlainTask();

    [Alias("Text")]
    Task<string> Text(string prefix, int number, DateOnly? day);

    [Alias("PlainValueTask")]
    ValueTask PlainValueTask();

    [Alias("Number")]
    ValueTask<long> Number(long number);

    [Alias("Echo")]
    Task<Message> Echo(Message message);

    [Alias("UntilCancelled")]
    Task UntilCancelled(CancellationToken cancellationToken);

    [Alias("TalkTo")]
    Task<string> TalkTo(IShapesGrain other);

    [Alias("Myself")]
    Task<IShapesGrain> Myself();
}

[GenerateSerializer]
[Immutable]
[Alias("tests.Message")]
public sealed record Message([property: Id(0)] string Text, [property: Id(1)] IReadOnlyList<int> Numbers);

public sealed class ShapesGrain : Grain, IShapesGrain
{
    public Task<string> Name() => Task.FromResult(this.GetPrimaryKeyString());

    public Task PlainTask() => Task.CompletedTask;

    public Task<string> Text(string prefix, int number, DateOnly? day) => Task.FromResult($"{prefix}{number}{day:yyyy-MM-dd}");

    public ValueTask PlainValueTask() => ValueTask.CompletedTask;

    public async ValueTask<long> Number(long number)
    {
        await Task.Yield();
        return number;
    }

    public Task<Message> Echo(Message message) => Task.FromResult(message);

    public async Task UntilCancelled(CancellationToken cancellationToken)
    {
        Probe.Of(this.GetPrimaryKeyString()).Signal("waiting");
        await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    public Task<string> TalkTo(IShapesGrain other) => other.Name();

    public Task<IShapesGrain> Myself() => Task.FromResult(this.AsReference<IShapesGrain>());
}
