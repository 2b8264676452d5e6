using System.Reflection;

namespace ClosedLoop.Grains.Embedded;

/// <summary>Lists the methods of a grain interface and refuses those that cannot be calls.</summary>
internal static class GrainInterfaceMethods
{
    public static MethodInfo[] Of(Type grainInterface)
    {
        if (!grainInterface.IsInterface || !typeof(IGrain).IsAssignableFrom(grainInterface))
            throw new ArgumentException($"Found {grainInterface.FullName}, expected an interface derived from IGrain.", nameof(grainInterface));
        MethodInfo[] methods = [.. grainInterface.GetInterfaces().Prepend(grainInterface).SelectMany(type => type.GetMethods())];
        foreach (var method in methods)
        {
            if (Fault(method) is { } fault)
                throw new ArgumentException($"{method.DeclaringType!.FullName}.{method.Name} cannot be a grain call: {fault}.", nameof(grainInterface));
        }

        return methods;
    }

    private static string? Fault(MethodInfo method)
    {
        var result = method.ReturnType;
        var isGeneric = result.IsGenericType;
        if (method.IsStatic)
            return "it is static";
        if (method.IsGenericMethodDefinition)
            return "it is generic";
        if (method.GetParameters().Any(parameter => parameter.ParameterType.IsByRef))
            return "it has a ref, in or out parameter";
        if (result != typeof(Task) && result != typeof(ValueTask)
            && !(isGeneric && result.GetGenericTypeDefinition() is { } open && (open == typeof(Task<>) || open == typeof(ValueTask<>))))
            return $"it returns {result.Name}, expected Task, Task<T>, ValueTask or ValueTask<T>";
        return method.IsDefined(typeof(OneWayAttribute)) && isGeneric ? "it is one-way but has a result" : null;
    }
}
