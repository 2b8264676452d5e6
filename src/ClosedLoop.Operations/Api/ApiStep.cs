namespace ClosedLoop.Operations.Api;

/// <summary>Something that happened to a message.</summary>
internal sealed record ApiStep(DateTimeOffset At, string What, string? Detail);
