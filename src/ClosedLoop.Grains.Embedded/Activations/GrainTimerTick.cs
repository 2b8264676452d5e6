namespace ClosedLoop.Grains.Embedded;

/// <summary>One tick of a grain timer, queued like a call. Nobody waits for it; a failed tick is logged and the timer goes on.</summary>
internal sealed class GrainTimerTick : GrainCall
{
    private readonly GrainTimer _timer;

    public GrainTimerTick(GrainTimer timer, GrainActivation activation)
    {
        _timer = timer;
        Method = timer.Method;
        Target = activation.Id;
        MadeAt = activation.Engine.Time.GetTimestamp();
    }

    internal override bool IsAnswered => false;

    internal override bool HasTimeout => false;

    internal override bool CountsAsUse => _timer.KeepAlive;

    protected internal override Task Invoke(object grain)
    {
        CancellationToken stopped;
        try
        {
            stopped = _timer.Stopped;
        }
        catch (ObjectDisposedException)
        {
            return Task.CompletedTask;
        }

        return _timer.Callback(stopped);
    }

    internal override bool Answer(Task outcome)
    {
        _timer.EndTick();
        return true;
    }

    internal override bool Fail(Exception exception) => true;
}
