namespace ClosedLoop.Operations.Reading;

/// <summary>A name and how often it occurs.</summary>
public sealed record NamedCount(string Name, long Count);
