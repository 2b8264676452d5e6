namespace ClosedLoop.Operations.Ports;

/// <summary>The grain engine at one moment.</summary>
public interface IEngineFigures
{
    /// <summary>Name of the engine.</summary>
    string Name { get; }

    /// <summary>Living activations by grain type.</summary>
    IReadOnlyList<EngineType> Types();

    /// <summary>Calls by method, since the start.</summary>
    IReadOnlyList<EngineMethod> Methods();
}
