namespace ClosedLoop.Operations.Api;

/// <summary>Opens or clicks with one verdict: <c>human</c>, <c>privacy-proxy</c>, <c>scanner</c> or <c>prefetch</c>.</summary>
internal sealed record ApiVerdict(string Kind, string Verdict, long Events, long People);
