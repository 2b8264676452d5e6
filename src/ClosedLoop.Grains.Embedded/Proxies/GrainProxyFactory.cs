using System.Collections.Concurrent;
using System.Linq.Expressions;

namespace ClosedLoop.Grains.Embedded;

/// <summary>Makes references of one grain interface. The proxy class is generated once per interface and process.</summary>
internal sealed class GrainProxyFactory
{
    private static readonly ConcurrentDictionary<Type, Lazy<GrainProxyFactory>> Factories = new();

    private readonly Func<GrainReference> _create;

    private GrainProxyFactory(Type grainInterface)
    {
        var methods = GrainInterfaceMethods.Of(grainInterface);
        Methods = [.. methods.Select(method => new GrainMethod(method))];
        _create = Expression.Lambda<Func<GrainReference>>(Expression.New(GrainProxyEmitter.Emit(grainInterface, methods))).Compile();
    }

    public GrainMethod[] Methods { get; }

    public static IEnumerable<GrainMethod> AllMethods =>
        Factories.Values.Where(factory => factory.IsValueCreated).SelectMany(factory => factory.Value.Methods);

    /// <summary>The factory of the interface.</summary>
    /// <exception cref="ArgumentException">The interface has a method that cannot be a grain call.</exception>
    public static GrainProxyFactory For(Type grainInterface) =>
        Factories.GetOrAdd(grainInterface, static type => new Lazy<GrainProxyFactory>(() => new GrainProxyFactory(type))).Value;

    public GrainReference Create(GrainEngine engine, GrainId id)
    {
        var reference = _create();
        reference.Bind(engine, id, Methods);
        return reference;
    }
}
