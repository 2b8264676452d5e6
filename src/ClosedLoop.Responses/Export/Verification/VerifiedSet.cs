namespace ClosedLoop.Responses.Export.Verification;

/// <summary>What the check of one set found.</summary>
/// <param name="Manifest">Name of its manifest.</param>
/// <param name="Run">Number of the run.</param>
/// <param name="Rows">Rows of all files.</param>
/// <param name="Faults">The first faults.</param>
/// <param name="FaultCount">All faults.</param>
public sealed record VerifiedSet(string Manifest, long Run, long Rows, IReadOnlyList<ExportFault> Faults, long FaultCount)
{
    public bool Ok => FaultCount == 0;
}
