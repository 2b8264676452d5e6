namespace ClosedLoop.Operations.Api;

/// <summary>The processes that share the work, and how many answer; <c>Fault</c> says why they cannot be told at this moment.</summary>
internal sealed record ApiProcesses(int Answering, int Expected, string? Shortfall, string? Fault, DateTimeOffset? At, IReadOnlyList<ApiProcess> Items);
