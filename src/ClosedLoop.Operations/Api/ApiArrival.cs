namespace ClosedLoop.Operations.Api;

/// <summary>Files that came in one hour, how many of them were refused or given up, and the recipients imported from them.</summary>
internal sealed record ApiArrival(DateTimeOffset Hour, long Files, long Refused, long Recipients);
