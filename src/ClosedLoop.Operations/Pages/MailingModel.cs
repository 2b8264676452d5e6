using ClosedLoop.Data.Auditing;
using ClosedLoop.Data.Files;
using ClosedLoop.Operations.Reading;

namespace ClosedLoop.Operations.Pages;

/// <summary>One mailing.</summary>
public sealed record MailingModel(MailingLine Line, MailingDetail Detail, InboundFile? File, IReadOnlyList<AuditEntry> Audit, string? Reason);
