namespace ClosedLoop.Grains.Tests;

[Alias("tests.ICircleGrain")]
public interface ICircleGrain : IGrainWithStringKey
{
    [Alias("CallThrough")]
    Task CallThrough(string other, string back);

    [Alias("Back")]
    Task Back();

    [Alias("Later")]
    Task Later();
}

public sealed class CircleGrain : Grain, ICircleGrain
{
    public Task CallThrough(string other, string back)
    {
        var next = GrainFactory.GetGrain<ICircleGrain>(other);
        return other == back ? next.Back() : next.CallThrough(back, back);
    }

    public Task Back()
    {
        Probe.Of(this.GetPrimaryKeyString()).Note("back");
        return Task.CompletedTask;
    }

    public Task Later()
    {
        _ = GrainFactory.GetGrain<ICircleGrain>(this.GetPrimaryKeyString()).Back();
        return Task.CompletedTask;
    }
}
