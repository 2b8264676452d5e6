using ClosedLoop.Data.Alarms;

namespace ClosedLoop.Silo.Watching;

/// <summary>What one look saw.</summary>
/// <param name="Looked">Things looked at.</param>
/// <param name="Found">What is wrong.</param>
internal sealed record WatchLook(int Looked, IReadOnlyList<Alarm> Found);
