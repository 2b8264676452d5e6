namespace ClosedLoop.Scenarios.Support;

/// <summary>Scenarios with promised times: run when all others are over.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
