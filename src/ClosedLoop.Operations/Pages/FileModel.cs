using ClosedLoop.Data.Auditing;
using ClosedLoop.Operations.Reading;

namespace ClosedLoop.Operations.Pages;

/// <summary>One file.</summary>
public sealed record FileModel(FileDetail Detail, IReadOnlyList<MailingLine> Mailings, IReadOnlyList<AuditEntry> Audit)
{
    public required FileLook Look { get; init; }

    /// <summary>Whom its client names to be told of problems.</summary>
    public required IReadOnlyList<string> Contacts { get; init; }
}
