using System.Collections.Concurrent;
using System.Reflection;

namespace ClosedLoop.Grains.Embedded;

/// <summary>The grain classes of the given assemblies, by name and by interface.</summary>
internal sealed class GrainRegistry
{
    private readonly Dictionary<string, GrainClass> _byName = [];
    private readonly ConcurrentDictionary<(Type Interface, string? Prefix), GrainClass> _byInterface = new();

    public GrainRegistry(IEnumerable<Assembly> assemblies, GrainEngine engine)
    {
        var stateOwners = new Dictionary<(string Store, string State), GrainClass>();
        foreach (var type in assemblies.Distinct().SelectMany(assembly => assembly.GetTypes()).Where(IsGrainClass))
        {
            var grainClass = new GrainClass(type, engine);
            if (!_byName.TryAdd(grainClass.Name, grainClass))
            {
                throw new InvalidOperationException(
                    $"Found two grain classes named '{grainClass.Name}': {_byName[grainClass.Name].Type.FullName} and {type.FullName}. Give one a GrainType attribute.");
            }

            CheckStates(grainClass, stateOwners);
        }
    }

    public IReadOnlyCollection<GrainClass> Classes => _byName.Values;

    public bool TryGet(string name, out GrainClass? grainClass) => _byName.TryGetValue(name, out grainClass);

    public GrainClass Get(string name) => _byName.TryGetValue(name, out var found)
        ? found
        : throw new ArgumentException($"Found grain type '{name}', expected one of: {string.Join(", ", _byName.Keys.Order(StringComparer.Ordinal))}.", nameof(name));

    /// <summary>The one class that implements the interface.</summary>
    public GrainClass Implementing(Type grainInterface, string? prefix) =>
        _byInterface.GetOrAdd((grainInterface, prefix), static (key, classes) => Find(key.Interface, key.Prefix, classes), _byName.Values);

    private static GrainClass Find(Type grainInterface, string? prefix, IEnumerable<GrainClass> classes)
    {
        GrainClass[] fitting =
        [
            .. classes.Where(candidate => grainInterface.IsAssignableFrom(candidate.Type)
                && (prefix is null || candidate.Type.FullName!.StartsWith(prefix, StringComparison.Ordinal))),
        ];
        return fitting.Length switch
        {
            1 => fitting[0],
            0 => throw new ArgumentException(
                $"No grain class implements {grainInterface.FullName}. Its assembly may be missing from the engine's options.", nameof(grainInterface)),
            _ => throw new ArgumentException(
                $"Several grain classes implement {grainInterface.FullName}: {string.Join(", ", fitting.Select(one => one.Type.FullName))}. Ask for one by its name prefix.",
                nameof(grainInterface)),
        };
    }

    // The rows of OrleansStorage carry the state's name and the grain's key but not the grain class, so two classes with a state of the
    // same name and a grain of the same key would overwrite each other.
    private static void CheckStates(GrainClass grainClass, Dictionary<(string Store, string State), GrainClass> owners)
    {
        foreach (var state in grainClass.States)
        {
            if (!owners.TryAdd((state.StorageName, state.StateName), grainClass) && owners[(state.StorageName, state.StateName)] != grainClass)
            {
                throw new InvalidOperationException(
                    $"State '{state.StateName}' of store '{state.StorageName}' is used by {owners[(state.StorageName, state.StateName)].Type.FullName} and {grainClass.Type.FullName}. "
                    + "The storage table does not tell grain classes apart: give each state its own name.");
            }
        }
    }

    private static bool IsGrainClass(Type type) =>
        type is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false }
        && typeof(Grain).IsAssignableFrom(type) && typeof(IGrainWithStringKey).IsAssignableFrom(type);
}
