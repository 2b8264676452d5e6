namespace ClosedLoop.Operations.Api;

/// <summary>A file of an export run.</summary>
internal sealed record ApiExportFile(string Table, string Name, long Rows, long Bytes, string Sha256);
