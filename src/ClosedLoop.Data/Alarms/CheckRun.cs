namespace ClosedLoop.Data.Alarms;

/// <summary>Newest run of a check.</summary>
/// <param name="Name">The check.</param>
/// <param name="CheckedAt">Microseconds.</param>
/// <param name="Looked">How many things it looked at.</param>
/// <param name="Found">How many of them are wrong.</param>
public sealed record CheckRun(string Name, long CheckedAt, long Looked, long Found);
