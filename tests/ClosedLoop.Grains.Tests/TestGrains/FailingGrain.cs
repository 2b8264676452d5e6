namespace ClosedLoop.Grains.Tests;

[Alias("tests.IFailingGrain")]
public interface IFailingGrain : IGrainWithStringKey
{
    [Alias("ThrowAtOnce")]
    Task ThrowAtOnce(string message);

    [Alias("ThrowLater")]
    Task<int> ThrowLater(string message);

    [Alias("ThrowValue")]
    ValueTask<int> ThrowValue(string message);

    [Alias("ThrowThroughOther")]
    Task ThrowThroughOther(string key, string message);

    [Alias("Fine")]
    Task<string> Fine();
}

public sealed class FailingGrain : Grain, IFailingGrain
{
    public Task ThrowAtOnce(string message) => throw new ArgumentException(message);

    public async Task<int> ThrowLater(string message)
    {
        await Task.Yield();
        throw new InvalidOperationException(message);
    }

    public async ValueTask<int> ThrowValue(string message)
    {
        await Task.Yield();
        throw new TestFaultException(message);
    }

    public Task ThrowThroughOther(string key, string message) => GrainFactory.GetGrain<IFailingGrain>(key).ThrowLater(message);

    public Task<string> Fine() => Task.FromResult("fine");
}

[GenerateSerializer]
[Alias("tests.TestFaultException")]
public sealed class TestFaultException(string message) : Exception(message);
