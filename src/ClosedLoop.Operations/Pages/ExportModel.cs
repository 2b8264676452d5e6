using ClosedLoop.Data.Auditing;
using ClosedLoop.Operations.Reading;

namespace ClosedLoop.Operations.Pages;

/// <summary>One export run.</summary>
public sealed record ExportModel(ExportLine Line, IReadOnlyList<AuditEntry> Audit);
