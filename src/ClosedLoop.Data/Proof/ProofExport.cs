namespace ClosedLoop.Data.Proof;

/// <summary>An export run whose period lists the mailing. Stamps in microseconds.</summary>
public sealed record ProofExport(long RunId, string Label, long CutFrom, long CutTo, bool Published);
