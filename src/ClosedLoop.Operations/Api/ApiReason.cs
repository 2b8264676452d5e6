namespace ClosedLoop.Operations.Api;

/// <summary>Why recipients have the state they have.</summary>
internal sealed record ApiReason(string State, string Reason, long Recipients);
