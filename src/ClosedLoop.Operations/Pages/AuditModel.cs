using ClosedLoop.Data.Auditing;

namespace ClosedLoop.Operations.Pages;

/// <summary>Who did what.</summary>
public sealed record AuditModel(IReadOnlyList<AuditEntry> Entries, long? Next, long? Before);
