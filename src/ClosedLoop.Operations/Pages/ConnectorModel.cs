using ClosedLoop.Data.Auditing;
using ClosedLoop.Operations.Ports;

namespace ClosedLoop.Operations.Pages;

/// <summary>One connection to another system.</summary>
public sealed record ConnectorModel(ConnectorDetail Detail, IReadOnlyList<AuditEntry> Audit);
