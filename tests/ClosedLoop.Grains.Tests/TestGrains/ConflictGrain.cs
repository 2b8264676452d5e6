namespace ClosedLoop.Grains.Tests;

[Alias("tests.IConflictGrain")]
public interface IConflictGrain : IGrainWithStringKey
{
    [Alias("WriteOne")]
    Task WriteOne(string text);

    [Alias("WriteOther")]
    Task WriteOther(string text);

    [Alias("ReadOther")]
    Task<string?> ReadOther();
}

/// <summary>Two handles on one record: the second one plays the part of somebody else.</summary>
public sealed class ConflictGrain(
    [PersistentState("tests-conflict")] IPersistentState<CountedText> one,
    [PersistentState("tests-conflict")] IPersistentState<CountedText> other) : Grain, IConflictGrain
{
    public Task WriteOne(string text)
    {
        one.State.Text = text;
        return one.WriteStateAsync();
    }

    public Task WriteOther(string text)
    {
        other.State.Text = text;
        return other.WriteStateAsync();
    }

    public Task<string?> ReadOther() => Task.FromResult(other.State.Text);
}
