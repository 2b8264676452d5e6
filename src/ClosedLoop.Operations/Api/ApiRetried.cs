namespace ClosedLoop.Operations.Api;

/// <summary>How many recipients wait again.</summary>
internal sealed record ApiRetried(int Recipients);
