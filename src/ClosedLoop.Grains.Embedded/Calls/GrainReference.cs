namespace ClosedLoop.Grains.Embedded;

/// <summary>Base of the generated proxies: the address of one grain, as seen through one interface.</summary>
/// <remarks>Public only because generated classes live in another assembly.</remarks>
public abstract class GrainReference : IAddressable, IEquatable<GrainReference>
{
    private GrainMethod[] _methods = [];
    private GrainActivation? _lastActivation;

    internal GrainId GrainId { get; private set; }

    internal GrainEngine Engine { get; private set; } = null!;

    public bool Equals(GrainReference? other) => other is not null && other.GrainId == GrainId && other.GetType() == GetType();

    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    public override int GetHashCode() => GrainId.GetHashCode();

    public override string ToString() => GrainId.ToString();

    internal void Bind(GrainEngine engine, GrainId id, GrainMethod[] methods)
    {
        Engine = engine;
        GrainId = id;
        _methods = methods;
    }

    /// <summary>Sends a call without result; called by generated code.</summary>
    protected Task Send(GrainVoidCall call, int methodIndex)
    {
        ArgumentNullException.ThrowIfNull(call);
        Post(call, methodIndex);
        return call.Method.OneWay ? Task.CompletedTask : call.AnswerTask;
    }

    /// <summary>Sends a call with a result; called by generated code.</summary>
    protected Task<TResult> Send<TResult>(GrainResultCall<TResult> call, int methodIndex)
    {
        ArgumentNullException.ThrowIfNull(call);
        Post(call, methodIndex);
        return call.AnswerTask;
    }

    private void Post(GrainCall call, int methodIndex)
    {
        call.Method = _methods[methodIndex];
        call.Target = GrainId;
        Engine.Send(call, ref _lastActivation);
    }
}
