namespace ClosedLoop.Grains.Tests;

[Alias("tests.ITimerGrain")]
public interface ITimerGrain : IGrainWithStringKey
{
    [Alias("Start")]
    Task Start(TimeSpan dueTime, TimeSpan period, bool interleave, bool failing);

    [Alias("StopTimer")]
    Task StopTimer();

    [Alias("Change")]
    Task Change(TimeSpan dueTime, TimeSpan period);

    [Alias("Hold")]
    Task Hold();

    [Alias("End")]
    Task End();

    [Alias("Ping")]
    Task Ping();
}

public sealed class TimerGrain : Grain, ITimerGrain
{
    private IGrainTimer? _timer;

    private Probe Probe => Probe.Of(this.GetPrimaryKeyString());

    public Task Start(TimeSpan dueTime, TimeSpan period, bool interleave, bool failing)
    {
        var options = new GrainTimerCreationOptions { DueTime = dueTime, Period = period, Interleave = interleave };
        _timer = this.RegisterGrainTimer(
            static (state, _) =>
            {
                state.Probe.Note("tick");
                return state.Failing ? throw new InvalidOperationException("a tick fails") : Task.CompletedTask;
            },
            (Probe, Failing: failing),
            options);
        return Task.CompletedTask;
    }

    public Task StopTimer()
    {
        _timer!.Dispose();
        Probe.Note("stopped");
        return Task.CompletedTask;
    }

    public Task Change(TimeSpan dueTime, TimeSpan period)
    {
        _timer!.Change(dueTime, period);
        return Task.CompletedTask;
    }

    public async Task Hold()
    {
        Probe.Note("hold");
        Probe.Signal("held");
        await Probe.WaitAsync("release");
        Probe.Note("end of hold");
    }

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task Ping() => Task.CompletedTask;

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Probe.Note("deactivated");
        return Task.CompletedTask;
    }
}
