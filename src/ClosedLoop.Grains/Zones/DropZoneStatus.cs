namespace ClosedLoop.Grains.Zones;

/// <summary>What a zone is doing.</summary>
/// <param name="Running"><c>false</c> while a failed file stops the folder.</param>
/// <param name="Reason">Why it is stopped, or why nothing is taken in although it is not.</param>
/// <param name="NextPoll">Microseconds since 1970; when the folder is looked at next.</param>
/// <param name="CurrentFile">Name of the file being taken in, or <c>null</c>.</param>
/// <param name="Waiting">Final-named files seen at the last look and not yet claimed.</param>
[GenerateSerializer, Immutable, Alias("ClosedLoop.DropZoneStatus")]
public sealed record DropZoneStatus(
    [property: Id(0)] bool Running,
    [property: Id(1)] string? Reason,
    [property: Id(2)] long NextPoll,
    [property: Id(3)] string? CurrentFile,
    [property: Id(4)] int Waiting);
