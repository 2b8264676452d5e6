namespace ClosedLoop.Data.Guard;

/// <summary>What a database says of the installation it belongs to. Times in microseconds.</summary>
/// <param name="InstanceId">Mark of the installation, random.</param>
/// <param name="Beat">Number of the newest sign of life.</param>
/// <param name="AliveAt">When that was.</param>
/// <param name="HeldAt">Since when nothing is claimed; <c>null</c> when sending is free.</param>
/// <param name="HeldReason">Why.</param>
/// <param name="ConfirmedAt">When an operator last let it go on.</param>
/// <param name="ConfirmedReason">What he said.</param>
public sealed record InstanceRow(
    string InstanceId, long Beat, long AliveAt, long? HeldAt = null, string? HeldReason = null, long? ConfirmedAt = null, string? ConfirmedReason = null);
