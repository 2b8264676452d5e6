using System.Reflection;

namespace ClosedLoop.Grains.Embedded;

/// <summary>A constructor parameter that takes a persistent state.</summary>
internal abstract class GrainStateBinding(string stateName, string storageName, Type parameterType)
{
    public string StateName { get; } = stateName;

    public string StorageName { get; } = storageName;

    public Type ParameterType { get; } = parameterType;

    public static GrainStateBinding For(ParameterInfo parameter, Type grainClass, GrainEngine engine)
    {
        var attribute = parameter.GetCustomAttribute<PersistentStateAttribute>()!;
        var type = parameter.ParameterType;
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IPersistentState<>))
        {
            throw new InvalidOperationException(
                $"Parameter '{parameter.Name}' of {grainClass.FullName} has the PersistentState attribute and type {type.Name}, expected IPersistentState<T>.");
        }

        var stateName = string.IsNullOrEmpty(attribute.StateName) ? parameter.Name! : attribute.StateName;
        var storageName = attribute.StorageName ?? GrainStoreNames.Default;
        var binding = typeof(GrainStateBinding<>).MakeGenericType(type.GetGenericArguments());
        return (GrainStateBinding)Activator.CreateInstance(binding, stateName, storageName, type, engine.StorageNamed(storageName, grainClass))!;
    }

    public abstract IStorage Create(GrainActivation activation);
}
