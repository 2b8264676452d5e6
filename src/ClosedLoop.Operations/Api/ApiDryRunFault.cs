namespace ClosedLoop.Operations.Api;

/// <summary>A recipient whose message could not be rendered.</summary>
internal sealed record ApiDryRunFault(int Sequence, string Address, string Fault);
