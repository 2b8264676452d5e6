using Microsoft.Extensions.DependencyInjection;

namespace ClosedLoop.Grains.Embedded;

/// <summary>One living grain: its instance, its scheduler, the calls that run and wait.</summary>
internal sealed partial class GrainActivation
{
    [ThreadStatic]
    private static GrainActivation? _underConstruction;

    private readonly Lock _gate = new();
    private readonly ActivationScheduler _scheduler = new();
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ActivationState _state = ActivationState.New;
    private IServiceScope? _scope;
    private Grain? _instance;
    private long _lastUsed;

    public GrainActivation(GrainEngine engine, GrainClass grainClass, GrainId id)
    {
        Engine = engine;
        Class = grainClass;
        Id = id;
        _lastUsed = engine.Time.GetTimestamp();
    }

    /// <summary>The activation whose grain is being constructed on this thread.</summary>
    public static GrainActivation? UnderConstruction => _underConstruction;

    public GrainEngine Engine { get; }

    public GrainClass Class { get; }

    public GrainId Id { get; }

    /// <summary>Complete when the activation is over and out of the catalogue.</summary>
    public Task Gone => _gone.Task;

    public IServiceProvider Services => _scope?.ServiceProvider
        ?? throw new InvalidOperationException($"The activation of {Id} has no services any more; it was deactivated.");

    public object GrainInstance => _instance ?? throw new InvalidOperationException($"The activation of {Id} has no grain.");
}
