namespace ClosedLoop.Grains.Embedded;

/// <content>The way of a call to its activation.</content>
public sealed partial class GrainEngine
{
    private volatile EngineState _state;

    /// <summary>Hands a call to the activation of its target, which is made when there is none.</summary>
    /// <param name="call">The call.</param>
    /// <param name="last">Where the reference's last call went: most go the same way, without a look into the catalogue.</param>
    internal void Send(GrainCall call, ref GrainActivation? last)
    {
        var caller = GrainCall.Current;
        call.MadeAt = Time.GetTimestamp();
        if (!call.Method.OneWay)
            call.Caller = caller;
        if (_state != EngineState.Running && Refusal(caller) is { } refusal)
        {
            if (call.Method.OneWay)
                LogUnheardOutcome(call, refusal);
            else
                call.Fail(refusal);
            return;
        }

        if (last?.TryAccept(call) != true)
            last = Deliver(call);
    }

    /// <summary>Hands on a call that its first activation took but did not start.</summary>
    internal void SendOn(GrainCall call)
    {
        if (_state == EngineState.Stopped)
            call.Fail(Stopped());
        else
            Deliver(call);
    }

    internal void Remove(GrainActivation activation) =>
        _catalogue.TryRemove(new KeyValuePair<GrainId, GrainActivation>(activation.Id, activation));

    private static SiloUnavailableException Stopped() => new("The grain engine has stopped; the call was not made.");

    private GrainActivation Deliver(GrainCall call)
    {
        while (true)
        {
            var activation = _catalogue.GetOrAdd(
                call.Target, static (id, engine) => new GrainActivation(engine, engine.Registry.Get(id.Type), id), this);
            if (activation.TryAccept(call))
                return activation;
        }
    }

    private SiloUnavailableException? Refusal(GrainCall? caller) => _state switch
    {
        EngineState.NotStarted => new SiloUnavailableException("The grain engine has not started yet; the call was not made."),

        // A grain that finishes its work may need others; only new work from outside is turned away.
        EngineState.Draining when caller is null => new SiloUnavailableException("The grain engine is draining; the call was not made."),
        EngineState.Stopped => Stopped(),
        _ => null,
    };
}
