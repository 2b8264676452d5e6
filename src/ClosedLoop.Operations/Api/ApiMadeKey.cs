namespace ClosedLoop.Operations.Api;

/// <summary>A key just made: the only time that its text is told.</summary>
internal sealed record ApiMadeKey(string Id, string Key);
