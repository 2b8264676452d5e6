using System.Collections.Concurrent;
using System.Linq.Expressions;

namespace ClosedLoop.Grains.Embedded;

/// <summary>
/// Makes one engine's references of one grain interface. The proxy class is generated once per interface and process, the counts of its
/// methods are kept per engine.
/// </summary>
internal sealed class GrainProxyFactory
{
    private static readonly ConcurrentDictionary<Type, Lazy<Func<GrainReference>>> Constructors = new();

    private readonly GrainEngine _engine;
    private readonly Func<GrainReference> _construct;

    /// <summary>The references of <paramref name="grainInterface"/>.</summary>
    /// <exception cref="ArgumentException">The interface has a method that cannot be a grain call.</exception>
    public GrainProxyFactory(GrainEngine engine, Type grainInterface)
    {
        _engine = engine;
        var methods = GrainInterfaceMethods.Of(grainInterface);
        Methods = [.. methods.Select(method => new GrainMethod(method))];
        _construct = Constructors.GetOrAdd(
            grainInterface,
            type => new Lazy<Func<GrainReference>>(
                () => Expression.Lambda<Func<GrainReference>>(Expression.New(GrainProxyEmitter.Emit(type, methods))).Compile())).Value;
    }

    public GrainMethod[] Methods { get; }

    public GrainReference Create(GrainId id)
    {
        var reference = _construct();
        reference.Bind(_engine, id, Methods);
        return reference;
    }
}
