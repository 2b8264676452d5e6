namespace ClosedLoop.Operations.Reading;

/// <summary>A recipient whose message could not be rendered.</summary>
/// <param name="Sequence">Row in the mailing, from 0 on.</param>
/// <param name="Address">Who.</param>
/// <param name="Fault">Why.</param>
public sealed record DryRunFault(int Sequence, string Address, string Fault);
