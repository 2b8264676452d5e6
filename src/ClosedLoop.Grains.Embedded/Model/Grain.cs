namespace ClosedLoop.Grains.Embedded;

/// <summary>
/// Base of grain classes. One instance per key lives at a time, and its code never runs on two threads at once: a call is a chain of
/// turns which all run on the activation's own scheduler, and by default no other call starts before it has ended.
/// </summary>
public abstract class Grain : IAddressable
{
    private readonly GrainActivation? _activation = GrainActivation.UnderConstruction;

    /// <summary>The grain's id as text, for messages and logs.</summary>
    public string IdentityString => Activation.Id.ToString();

    protected IGrainFactory GrainFactory => Activation.Engine;

    /// <summary>The activation's own service scope.</summary>
    protected internal IServiceProvider ServiceProvider => Activation.Services;

    internal GrainActivation Activation => _activation
        ?? throw new InvalidOperationException($"{GetType().Name} was made outside the grain engine; get a reference from IGrainFactory instead.");

    /// <summary>Runs before the first call, after the states were read. When it throws, the waiting calls fail with the same exception.</summary>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs after the last call. It is not run when the process dies, so nothing may depend on it.</summary>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends the activation once its running calls have ended; calls that wait go to a new activation.</summary>
    protected void DeactivateOnIdle() => Activation.RequestDeactivation(
        new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "The grain called DeactivateOnIdle."));

    /// <summary>Keeps idle collection away for the given time from now; zero or less ends an earlier request.</summary>
    protected void DelayDeactivation(TimeSpan timeSpan) => Activation.DelayDeactivation(timeSpan);
}
