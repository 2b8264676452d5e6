namespace ClosedLoop.Grains.Tests;

[Alias("tests.ILifecycleGrain")]
public interface ILifecycleGrain : IGrainWithStringKey
{
    [Alias("Instance")]
    Task<string> Instance();

    [Alias("End")]
    Task<string> End();

    [Alias("EndSlowly")]
    Task EndSlowly();

    [Alias("Hold")]
    Task<string> Hold();
}

public sealed class LifecycleGrain : Grain, ILifecycleGrain
{
    private readonly string _instance = Guid.NewGuid().ToString();
    private bool _slow;

    private Probe Probe => Probe.Of(this.GetPrimaryKeyString());

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Probe.Note("activated");
        if (Probe.IsSignalled("fail") && Probe.Count("activated") == 1)
            throw new InvalidOperationException("not today");
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Probe.Note($"deactivating {reason.ReasonCode}");
        if (_slow)
        {
            Probe.Signal("deactivating");
            await Probe.WaitAsync("go on");
        }

        Probe.Note("deactivated");
    }

    public Task<string> Instance()
    {
        Probe.Note("call");
        return Task.FromResult(_instance);
    }

    public Task<string> End()
    {
        DeactivateOnIdle();
        return Task.FromResult(_instance);
    }

    public Task EndSlowly()
    {
        _slow = true;
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task<string> Hold()
    {
        Probe.Signal("held");
        await Probe.WaitAsync("release");
        Probe.Note("call ended");
        return _instance;
    }
}
