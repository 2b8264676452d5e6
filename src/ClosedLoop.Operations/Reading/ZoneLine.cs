using ClosedLoop.Grains.Zones;

namespace ClosedLoop.Operations.Reading;

/// <summary>A client's folder.</summary>
/// <param name="ClientKey">The client.</param>
/// <param name="Status">What it is doing; <c>null</c> when it did not answer in time.</param>
/// <param name="IsAsked">Its time to answer is over; while it is not, nothing follows from there being no status.</param>
public sealed record ZoneLine(string ClientKey, DropZoneStatus? Status, bool IsAsked = true);
