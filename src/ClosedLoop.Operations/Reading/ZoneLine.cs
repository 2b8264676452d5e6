using ClosedLoop.Grains.Zones;

namespace ClosedLoop.Operations.Reading;

/// <summary>A client's folder.</summary>
/// <param name="ClientKey">The client.</param>
/// <param name="Status">What it is doing; <c>null</c> when it did not answer in time.</param>
public sealed record ZoneLine(string ClientKey, DropZoneStatus? Status);
