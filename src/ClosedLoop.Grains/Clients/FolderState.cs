namespace ClosedLoop.Grains.Clients;

/// <summary>Whether a client's folder takes files.</summary>
/// <param name="Running"><c>false</c> while an operator's decision is awaited.</param>
/// <param name="Reason">Why it is stopped.</param>
[GenerateSerializer, Immutable, Alias("ClosedLoop.FolderState")]
public sealed record FolderState([property: Id(0)] bool Running, [property: Id(1)] string? Reason);
