using ClosedLoop.Operations.Ports;

namespace ClosedLoop.Silo.Operations;

/// <summary>Figures of the grain engine of this build.</summary>
#if ENGINE_ORLEANS
internal sealed class EngineFigures : IEngineFigures
{
    public string Name => "Orleans";

    public IReadOnlyList<EngineType> Types() => [];

    public IReadOnlyList<EngineMethod> Methods() => [];
}
#else
internal sealed class EngineFigures(GrainEngine engine) : IEngineFigures
{
    public string Name => "embedded";

    public IReadOnlyList<EngineType> Types() => [.. engine.Snapshot().Types.Select(type => new EngineType(type.GrainType, type.Activations, type.ActivationsMade))];

    public IReadOnlyList<EngineMethod> Methods() => [.. engine.Snapshot().Methods.Where(method => method.Calls > 0).OrderByDescending(method => method.TotalTime).Select(method => new EngineMethod(
        method.Method, method.Calls, method.Errors, method.TotalTime / method.Calls, method.LongestTime))];
}
#endif
