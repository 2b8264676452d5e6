namespace ClosedLoop.Grains.Embedded;

/// <content>Which call may run beside which.</content>
internal sealed partial class GrainActivation
{
    private readonly List<GrainCall> _running = [];
    private readonly LinkedList<GrainCall> _waiting = new();
    private int _waitingThatMayInterleave;

    /// <summary>Takes a call to run now or when its turn comes; false when the activation is over.</summary>
    public bool TryAccept(GrainCall call)
    {
        lock (_gate)
        {
            if (_state == ActivationState.Gone)
                return false;
            call.Activation = this;
            if (_state == ActivationState.New)
                BeginActivation();
            if (MayStart(call) && (_waiting.Count == 0 || MayInterleave(call)))
                Start(call);
            else
                Enqueue(call);
            return true;
        }
    }

    /// <summary>Takes a timer tick; false when the activation ends.</summary>
    public bool TryAcceptTick(GrainTimerTick tick)
    {
        lock (_gate)
            return _state is ActivationState.Activating or ActivationState.Active && _endReason is null && TryAccept(tick);
    }

    /// <summary>Books the end of a call, starts what may start now, then answers the caller.</summary>
    public void Complete(GrainCall call, Task outcome)
    {
        var now = Engine.Time.GetTimestamp();
        var failure = outcome.IsFaulted ? outcome.Exception!.InnerException : null;
        Engine.Count(call, now - call.MadeAt, outcome.IsFaulted);

        // Memory is older than the store: what this activation believes must not decide another call.
        if (failure is InconsistentStateException)
        {
            RequestDeactivation(new DeactivationReason(
                DeactivationReasonCode.ApplicationError, failure, "The stored state was changed by somebody else."));
        }

        lock (_gate)
        {
            _running.Remove(call);
            if (call.CountsAsUse)
                _lastUsed = now;
            StartWaiting();
        }

        // The chain is kept only while it can wait; a grain that calls itself for ever would otherwise keep every call it ever made.
        call.Caller = null;
        call.IsOver = true;
        if (!call.Answer(outcome) || call.Method.OneWay)
            Engine.LogUnheardOutcome(call, failure);
    }

    /// <summary>Fails the calls that were made before <paramref name="madeBefore"/> and takes those that never started out of the queue.</summary>
    public void FailOverdue(long madeBefore, TimeSpan limit)
    {
        List<(GrainCall Call, bool Running)>? overdue = null;
        GrainCall? blocking;
        lock (_gate)
        {
            blocking = _running.Count > 0 ? _running[0] : null;
            foreach (var call in _running)
            {
                if (call.HasTimeout && call.MadeAt <= madeBefore && !call.IsAnswered)
                    (overdue ??= []).Add((call, true));
            }

            for (var node = _waiting.First; node is not null;)
            {
                var next = node.Next;
                if (node.Value.HasTimeout && node.Value.MadeAt <= madeBefore)
                {
                    (overdue ??= []).Add((node.Value, false));
                    Dequeue(node);
                }

                node = next;
            }
        }

        foreach (var (call, running) in overdue ?? [])
        {
            var exception = GrainCallTimeout.Describe(call, limit, running, blocking);
            if (!running)
                Engine.Count(call, Engine.Time.GetTimestamp() - call.MadeAt, failed: true);
            call.Fail(exception);
            Engine.LogTimeout(exception);
        }
    }

    /// <summary>Fails everything that runs or waits; used when the engine's patience is over.</summary>
    public void FailAll(Exception exception)
    {
        GrainCall[] calls;
        lock (_gate)
        {
            calls = [.. _running, .. _waiting];
            _waiting.Clear();
            _waitingThatMayInterleave = 0;
        }

        foreach (var call in calls)
            call.Fail(exception);
    }

    private bool MayStart(GrainCall call)
    {
        if (_state != ActivationState.Active || (_endReason is not null && !_endAfterWaiting))
            return false;
        if (Class.IsReentrant || call.Method.AlwaysInterleave)
            return true;
        foreach (var running in _running)
        {
            if (!running.Method.AlwaysInterleave && !(running.Method.ReadOnly && call.Method.ReadOnly))
                return false;
        }

        return true;
    }

    private void StartWaiting()
    {
        for (var node = _waiting.First; node is not null;)
        {
            var next = node.Next;
            if (MayStart(node.Value))
            {
                Dequeue(node);
                Start(node.Value);
            }
            else if (_waitingThatMayInterleave == 0)
            {
                break;
            }

            node = next;
        }

        EndWhenIdle();
    }

    private void Start(GrainCall call)
    {
        _running.Add(call);
        _scheduler.Start(static state => ((GrainCall)state!).Execute(), call);
    }

    private void Enqueue(GrainCall call)
    {
        _waiting.AddLast(call);
        GrainCallTimeout.MarkCircle(call);
        if (MayInterleave(call))
            _waitingThatMayInterleave++;
    }

    private void Dequeue(LinkedListNode<GrainCall> node)
    {
        _waiting.Remove(node);
        if (MayInterleave(node.Value))
            _waitingThatMayInterleave--;
    }

    private bool MayInterleave(GrainCall call) => Class.IsReentrant || call.Method.AlwaysInterleave || call.Method.ReadOnly;
}
