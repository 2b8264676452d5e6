namespace ClosedLoop.Operations.Api;

/// <summary>The domains of the mailings under way, those with most to do first.</summary>
internal sealed record ApiQueues(IReadOnlyList<ApiQueue> Items, bool IsSampled, bool IsCounting);
