namespace ClosedLoop.Grains.Tests;

[Alias("tests.IStateGrain")]
public interface IStateGrain : IGrainWithStringKey
{
    [Alias("Set")]
    Task Set(string text, int number);

    [Alias("SetOther")]
    Task SetOther(string text);

    [Alias("SetWithoutWriting")]
    Task SetWithoutWriting(string text);

    [Alias("Describe")]
    Task<StateDescription> Describe();

    [Alias("Clear")]
    Task Clear();

    [Alias("WriteTwiceAtOnce")]
    Task<string?> WriteTwiceAtOnce();

    [Alias("Reread")]
    Task Reread();

    [Alias("End")]
    Task End();
}

[GenerateSerializer]
[Immutable]
[Alias("tests.StateDescription")]
public sealed record StateDescription(
    [property: Id(0)] string? Text, [property: Id(1)] int Number, [property: Id(2)] bool Exists, [property: Id(3)] string? Etag, [property: Id(4)] string? Other);

[GenerateSerializer]
[Alias("tests.CountedText")]
public sealed class CountedText
{
    [Id(0)]
    public string? Text { get; set; }

    [Id(1)]
    public int Number { get; set; }
}

public sealed class StateGrain(
    [PersistentState("tests-first")] IPersistentState<CountedText> first,
    [PersistentState("tests-second")] IPersistentState<CountedText> second) : Grain, IStateGrain
{
    public async Task Set(string text, int number)
    {
        first.State.Text = text;
        first.State.Number = number;
        await first.WriteStateAsync();
    }

    public async Task SetOther(string text)
    {
        second.State = new CountedText { Text = text };
        await second.WriteStateAsync();
    }

    public Task SetWithoutWriting(string text)
    {
        first.State.Text = text;
        return Task.CompletedTask;
    }

    public Task<StateDescription> Describe() => Task.FromResult(
        new StateDescription(first.State.Text, first.State.Number, first.RecordExists, first.Etag, second.State.Text));

    public Task Clear() => first.ClearStateAsync();

    public async Task<string?> WriteTwiceAtOnce()
    {
        first.State.Number++;
        var one = first.WriteStateAsync();
        first.State.Number++;
        var two = first.WriteStateAsync();
        await Task.WhenAll(one, two);
        return first.Etag;
    }

    public Task Reread() => first.ReadStateAsync();

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
