using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace ClosedLoop.Grains.Embedded;

/// <summary>What the engine knows of a grain class, found out once at start.</summary>
internal sealed class GrainClass
{
    private readonly ObjectFactory _create;
    private int _activations;
    private long _activationsMade;

    public GrainClass(Type type, GrainEngine engine)
    {
        Type = type;
        Name = NameOf(type);
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute), inherit: true);
        CollectionAge = type.GetCustomAttribute<CollectionAgeLimitAttribute>()?.AgeLimit;
        Tick = new GrainMethod($"{Name} timer", alwaysInterleave: false, readOnly: false, oneWay: true);
        InterleavingTick = new GrainMethod($"{Name} interleaving timer", alwaysInterleave: true, readOnly: false, oneWay: true);
        States = [.. StateParameters(type).Select(parameter => GrainStateBinding.For(parameter, type, engine))];
        _create = ActivatorUtilities.CreateFactory(type, [.. States.Select(state => state.ParameterType)]);
    }

    public Type Type { get; }

    public string Name { get; }

    public bool IsReentrant { get; }

    /// <summary>Own collection age; null is the engine's.</summary>
    public TimeSpan? CollectionAge { get; }

    public GrainMethod Tick { get; }

    public GrainMethod InterleavingTick { get; }

    public IReadOnlyList<GrainStateBinding> States { get; }

    /// <summary>The class name in lower case less the suffix <c>grain</c>, as Orleans names it, or the attribute's name.</summary>
    public static string NameOf(Type type)
    {
        if (type.GetCustomAttribute<GrainTypeAttribute>() is { } named)
            return named.GrainType;
#pragma warning disable CA1308 // the convention is lower case
        var name = type.Name.ToLowerInvariant();
#pragma warning restore CA1308
        const string suffix = "grain";
        return name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal) ? name[..^suffix.Length] : name;
    }

    public Grain Create(GrainActivation activation, List<IStorage> states)
    {
        var arguments = new object[States.Count];
        for (var index = 0; index < arguments.Length; index++)
        {
            var state = States[index].Create(activation);
            states.Add(state);
            arguments[index] = state;
        }

        return (Grain)_create(activation.Services, arguments);
    }

    public void CountActivation(int change)
    {
        Interlocked.Add(ref _activations, change);
        if (change > 0)
            Interlocked.Increment(ref _activationsMade);
    }

    public GrainTypeStatistics Snapshot() => new(Name, Volatile.Read(ref _activations), Interlocked.Read(ref _activationsMade));

    private static IEnumerable<ParameterInfo> StateParameters(Type type) =>
        type.GetConstructors().OrderByDescending(constructor => constructor.GetParameters().Length).Take(1)
            .SelectMany(constructor => constructor.GetParameters())
            .Where(parameter => parameter.IsDefined(typeof(PersistentStateAttribute)));
}
