namespace ClosedLoop.Silo.Privacy;

/// <summary>An entry of a list.</summary>
internal sealed record ListEntry(string List, string? Reason, long? Mailing, DateTimeOffset? Since);
