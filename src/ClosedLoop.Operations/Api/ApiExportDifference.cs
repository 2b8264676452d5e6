namespace ClosedLoop.Operations.Api;

/// <summary>One file in two export runs.</summary>
internal sealed record ApiExportDifference(string Table, bool IsSame, ApiExportFile? Earlier, ApiExportFile? Later, long Rows, long Bytes);
