using ClosedLoop.Data.Auditing;
using ClosedLoop.Data.Clients;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Operations.Ports;
using ClosedLoop.Operations.Reading;

namespace ClosedLoop.Operations.Pages;

/// <summary>One source mailing in the editor.</summary>
/// <param name="Source">The version in force.</param>
/// <param name="Edited">What stands in the editor.</param>
/// <param name="ClientKey">Its client.</param>
/// <param name="Findings">What lint says of what stands in the editor.</param>
/// <param name="View">The preview.</param>
/// <param name="Row">Which row it is rendered with; <c>null</c> for invented values.</param>
/// <param name="RowCount">Rows of the newest mailing that can be looked at.</param>
/// <param name="Address">Whose row that is.</param>
/// <param name="PreviewPath">Where the HTML part of the preview is.</param>
/// <param name="IsEdited">What stands in the editor is not stored.</param>
/// <param name="Audit">Edits.</param>
/// <param name="Versions">Stored versions, newest first.</param>
/// <param name="DryRun">What came of trying it with many rows; <c>null</c> when nobody asked.</param>
public sealed record SourceModel(
    Versioned<SourceMailing> Source, SourceMailing Edited, string ClientKey, IReadOnlyList<TemplateFinding> Findings, MailView View, int? Row, long RowCount, string Address, string PreviewPath, bool IsEdited, IReadOnlyList<AuditEntry> Audit,
    IReadOnlyList<StoredVersion> Versions, DryRun? DryRun);
