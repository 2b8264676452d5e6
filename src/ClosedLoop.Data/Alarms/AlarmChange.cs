namespace ClosedLoop.Data.Alarms;

/// <summary>What one look changed.</summary>
/// <param name="Raised">Alarms that are new.</param>
/// <param name="Cleared">Alarms that are over.</param>
public sealed record AlarmChange(IReadOnlyList<Alarm> Raised, IReadOnlyList<Alarm> Cleared);
