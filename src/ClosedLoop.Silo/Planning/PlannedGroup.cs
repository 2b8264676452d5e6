namespace ClosedLoop.Silo.Planning;

/// <summary>A mailing that would be made.</summary>
internal sealed record PlannedGroup(long Source, long? Wave, string? Name, long Recipients);
