namespace ClosedLoop.Operations.Ports;

/// <summary>Activations of one grain type.</summary>
public sealed record EngineType(string Name, long Activations, long Made);
