namespace ClosedLoop.Grains.Tests;

[Alias("tests.IOneWayGrain")]
public interface IOneWayGrain : IGrainWithStringKey
{
    [OneWay]
    [Alias("Tell")]
    Task Tell();

    [OneWay]
    [Alias("TellBadly")]
    Task TellBadly();

    [Alias("Ask")]
    Task<string> Ask();
}

public sealed class OneWayGrain : Grain, IOneWayGrain
{
    public async Task Tell()
    {
        var probe = Probe.Of(this.GetPrimaryKeyString());
        await probe.WaitAsync("release");
        probe.Signal("told");
    }

    public Task TellBadly() => throw new InvalidOperationException("nobody hears this");

    public Task<string> Ask() => Task.FromResult("asked");
}
