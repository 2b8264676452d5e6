namespace ClosedLoop.Intake.Zones;

/// <summary>A file as a listing shows it.</summary>
/// <param name="Name">Name without a folder.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">Time of the last change, UTC.</param>
public sealed record ZoneEntry(string Name, long Size, DateTimeOffset Modified);
