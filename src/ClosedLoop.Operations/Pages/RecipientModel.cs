using ClosedLoop.Data.Auditing;
using ClosedLoop.Operations.Reading;

namespace ClosedLoop.Operations.Pages;

/// <summary>A search for a person; no story before anything was asked for.</summary>
public sealed record RecipientModel(string Query, RecipientStory? Story, IReadOnlyList<AuditEntry> Audit);
