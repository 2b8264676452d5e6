namespace ClosedLoop.Grains.Tests;

public interface IShortLivedGrain : IGrainWithStringKey
{
    Task Delay(TimeSpan time);
}

[CollectionAgeLimit(Minutes = 1)]
public sealed class ShortLivedGrain : Grain, IShortLivedGrain
{
    public Task Delay(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Probe.Of(this.GetPrimaryKeyString()).Note("deactivated");
        return Task.CompletedTask;
    }
}
