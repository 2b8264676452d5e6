using ClosedLoop.Operations.Reading;

namespace ClosedLoop.Operations.Pages;

/// <summary>Two export runs of one client beside each other, the earlier first.</summary>
public sealed record CompareModel(ExportLine One, ExportLine Other, IReadOnlyList<ExportDifference> Files);
