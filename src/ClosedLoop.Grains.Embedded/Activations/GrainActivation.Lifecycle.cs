namespace ClosedLoop.Grains.Embedded;

/// <content>Beginning and end of an activation.</content>
internal sealed partial class GrainActivation
{
    private DeactivationReason? _endReason;
    private bool _endAfterWaiting;
    private long _keepUntil = long.MinValue;

    /// <summary>Ends the activation once its running calls have ended.</summary>
    /// <param name="reason">Told to the grain.</param>
    /// <param name="afterWaiting">Whether the calls that wait are still served here (the process drains) or by a successor.</param>
    public void RequestDeactivation(DeactivationReason reason, bool afterWaiting = false)
    {
        lock (_gate)
        {
            if (_state is ActivationState.Deactivating or ActivationState.Gone)
                return;
            if (_state == ActivationState.New)
            {
                End();
                return;
            }

            if (_endReason is null || (afterWaiting && !_endAfterWaiting))
            {
                _endReason ??= reason;
                _endAfterWaiting = afterWaiting;
            }

            StartWaiting();
        }
    }

    /// <summary>Ends the activation when it has not been used for its collection age.</summary>
    public void CollectWhenIdle(long now)
    {
        lock (_gate)
        {
            if (_state != ActivationState.Active || _running.Count > 0 || _waiting.Count > 0 || now < _keepUntil)
                return;
            var idle = Engine.Time.GetElapsedTime(_lastUsed, now);
            if (idle >= (Class.CollectionAge ?? Engine.Options.CollectionAge))
                RequestDeactivation(new DeactivationReason(DeactivationReasonCode.ActivationIdle, $"Not used for {idle}."));
        }
    }

    public void DelayDeactivation(TimeSpan time)
    {
        lock (_gate)
        {
            _keepUntil = time == Timeout.InfiniteTimeSpan || time >= TimeSpan.FromDays(3650)
                ? long.MaxValue
                : Engine.Time.GetTimestamp() + (long)(Math.Max(0, time.TotalSeconds) * Engine.Time.TimestampFrequency);
        }
    }

    private void BeginActivation()
    {
        _state = ActivationState.Activating;
        Engine.LogActivating(Id);
        var call = new ActivationLifecycleCall(this, ActivationLifecycleCall.Activating, ActivateAsync);
        _scheduler.Start(static state => ((ActivationLifecycleCall)state!).Run(), call);
    }

    private async Task ActivateAsync()
    {
        try
        {
            _scope = Engine.CreateScope();
            var states = new List<IStorage>();
            _underConstruction = this;
            try
            {
                _instance = Class.Create(this, states);
            }
            finally
            {
                _underConstruction = null;
            }

            foreach (var state in states)
                await state.ReadStateAsync();
            await _instance.OnActivateAsync(Engine.Stopping);
        }
#pragma warning disable CA1031 // the calls that wait for the activation carry it to their callers
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Engine.LogActivationFailed(Id, exception);
            await FailActivationAsync(exception);
            return;
        }

        Class.CountActivation(+1);
        lock (_gate)
        {
            _state = ActivationState.Active;
            _lastUsed = Engine.Time.GetTimestamp();
            StartWaiting();
        }
    }

    private async Task FailActivationAsync(Exception exception)
    {
        lock (_gate)
            _state = ActivationState.Deactivating;
        await ReleaseAsync();
        GrainCall[] waiting;
        lock (_gate)
        {
            _state = ActivationState.Gone;
            waiting = [.. _waiting];
            _waiting.Clear();
        }

        Engine.Remove(this);
        _gone.TrySetResult();
        foreach (var call in waiting)
        {
            Engine.Count(call, Engine.Time.GetTimestamp() - call.MadeAt, failed: true);
            if (!call.Fail(exception) || call.Method.OneWay)
                Engine.LogUnheardOutcome(call, exception);
        }
    }

    private void EndWhenIdle()
    {
        if (_endReason is null || _state != ActivationState.Active || _running.Count > 0 || (_endAfterWaiting && _waiting.Count > 0))
            return;
        _state = ActivationState.Deactivating;
        var call = new ActivationLifecycleCall(this, ActivationLifecycleCall.Deactivating, DeactivateAsync);
        _scheduler.Start(static state => ((ActivationLifecycleCall)state!).Run(), call);
    }

    private async Task DeactivateAsync()
    {
        var reason = _endReason!.Value;
        Engine.LogDeactivating(Id, reason);
        StopTimers();
        try
        {
            using var limit = new CancellationTokenSource(Engine.Options.DeactivationTimeout, Engine.Time);
            await _instance!.OnDeactivateAsync(reason, limit.Token).WaitAsync(Engine.Options.DeactivationTimeout, Engine.Time, CancellationToken.None);
        }
#pragma warning disable CA1031 // nobody waits for it, and the activation ends all the same
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Engine.LogDeactivationFailed(Id, exception);
        }

        await ReleaseAsync();
        Class.CountActivation(-1);
        lock (_gate)
            End();
    }

    private async Task ReleaseAsync()
    {
        StopTimers();
        try
        {
            if (_instance is IAsyncDisposable asynchronous)
                await asynchronous.DisposeAsync();
            else if (_instance is IDisposable synchronous)
                synchronous.Dispose();
            if (_scope is IAsyncDisposable scope)
                await scope.DisposeAsync();
        }
#pragma warning disable CA1031 // as above
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Engine.LogDeactivationFailed(Id, exception);
        }
    }

    private void End()
    {
        _state = ActivationState.Gone;
        GrainCall[] waiting = [.. _waiting.Where(call => call is not GrainTimerTick)];
        _waiting.Clear();
        _waitingThatMayInterleave = 0;

        // Out of the catalogue before a waiting call is sent on, or it would be sent back here.
        Engine.Remove(this);
        _gone.TrySetResult();
        foreach (var call in waiting)
            Engine.SendOn(call);
    }
}
