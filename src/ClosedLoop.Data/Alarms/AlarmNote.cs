namespace ClosedLoop.Data.Alarms;

/// <summary>An alarm that somebody has seen.</summary>
/// <param name="Subject">Of the alarm.</param>
/// <param name="Cause">Of the alarm.</param>
/// <param name="Until">Microseconds; until then it is shown quietly.</param>
/// <param name="Actor">Who.</param>
/// <param name="Reason">Why.</param>
public sealed record AlarmNote(string Subject, string Cause, long Until, string Actor, string Reason);
