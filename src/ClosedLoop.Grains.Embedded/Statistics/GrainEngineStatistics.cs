namespace ClosedLoop.Grains.Embedded;

/// <summary>The engine at one moment.</summary>
public sealed record GrainEngineStatistics(
    IReadOnlyList<GrainTypeStatistics> Types, IReadOnlyList<GrainMethodStatistics> Methods, int Activations);
