using ClosedLoop.Data.Auditing;
using ClosedLoop.Operations.Ports;
using ClosedLoop.Operations.Reading;

namespace ClosedLoop.Operations.Pages;

/// <summary>One export run.</summary>
/// <param name="Line">The run.</param>
/// <param name="Place">Where it was delivered, and what of it is there now.</param>
/// <param name="Others">Runs of the same client to compare it with, newest first.</param>
/// <param name="Audit">What was done to it.</param>
public sealed record ExportModel(ExportLine Line, ExportPlace Place, IReadOnlyList<ExportLine> Others, IReadOnlyList<AuditEntry> Audit);
