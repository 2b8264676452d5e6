namespace ClosedLoop.Grains.Mailings;

/// <summary>What a batch tells its mailing.</summary>
/// <param name="Number">Number of the batch.</param>
/// <param name="Handled">Recipients that reached an outcome.</param>
/// <param name="NextDue">Microseconds since 1970; when the earliest deferred recipient is due, or <c>null</c>.</param>
/// <param name="Error">Why the run broke off, or <c>null</c>; the batch is driven again.</param>
/// <param name="Paused">Why the batch has paused the mailing, or <c>null</c>.</param>
[GenerateSerializer, Immutable, Alias("ClosedLoop.BatchReport")]
public sealed record BatchReport(
    [property: Id(0)] int Number,
    [property: Id(1)] int Handled,
    [property: Id(2)] long? NextDue,
    [property: Id(3)] string? Error,
    [property: Id(4)] string? Paused = null);
