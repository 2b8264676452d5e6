using ClosedLoop.Operations.Reading;

namespace ClosedLoop.Operations.Pages;

/// <summary>The list of files.</summary>
public sealed record FilesModel(Page<FileLine> Page, string Client, string State, string Search, long? Before, IReadOnlyList<string> Clients, string InFolder, Arrivals? Arrivals, IReadOnlyList<SavedView> Views);
