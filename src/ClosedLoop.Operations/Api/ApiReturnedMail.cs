namespace ClosedLoop.Operations.Api;

/// <summary>A mail that belongs to no known message.</summary>
internal sealed record ApiReturnedMail(long Id, string? Sender, string? Subject, string? Detail, long Size, DateTimeOffset ReceivedAt);
