namespace ClosedLoop.Operations.Api;

/// <summary>A mail that came back.</summary>
internal sealed record ApiReturned(long Id, string Source, string Outcome, string Meaning, long? Mailing, int? Sequence, string? From, string? To, string? Subject, string? Detail, long Size, bool IsKept, DateTimeOffset ReceivedAt);
