namespace ClosedLoop.Grains.Embedded;

/// <summary>A registered reminder.</summary>
/// <param name="GrainId">The grain it activates.</param>
/// <param name="Name">Name within the grain.</param>
/// <param name="StartAt">First tick, UTC, to the millisecond. Later ticks are whole periods after it.</param>
/// <param name="Period">Time between ticks, to the millisecond.</param>
public sealed record ReminderEntry(GrainId GrainId, string Name, DateTime StartAt, TimeSpan Period);
