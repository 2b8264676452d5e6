using ClosedLoop.Operations.Reading;

namespace ClosedLoop.Operations.Pages;

/// <summary>The list of mailings.</summary>
public sealed record MailingsModel(Page<MailingLine> Page, string Client, string State, string Search, long? Before, IReadOnlyList<string> Clients, IReadOnlyList<SavedView> Views);
