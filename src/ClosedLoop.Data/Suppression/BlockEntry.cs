namespace ClosedLoop.Data.Suppression;

/// <summary>An entry of a client's blocklist.</summary>
/// <param name="Entry">Address or pattern.</param>
/// <param name="Reason">Why.</param>
/// <param name="RecordedAt">Microseconds.</param>
public sealed record BlockEntry(string Entry, string Reason, long RecordedAt);
