using ClosedLoop.Operations.Reading;

namespace ClosedLoop.Operations.Pages;

/// <summary>Export runs.</summary>
public sealed record ExportsModel(Page<ExportLine> Page, long? Before, IReadOnlyList<(string Key, long? Next)> Clients);
