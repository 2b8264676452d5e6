namespace ClosedLoop.Operations.Api;

/// <summary>What came of rendering a template for some recipients; nothing was sent.</summary>
internal sealed record ApiDryRun(long? Mailing, int Rows, long Of, IReadOnlyList<ApiDryRunFault> Faults, long LargestBytes, string LongestSubject, int EmptySubjects);
