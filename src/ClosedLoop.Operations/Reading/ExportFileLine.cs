namespace ClosedLoop.Operations.Reading;

/// <summary>One file of an export run, as its manifest has it.</summary>
public sealed record ExportFileLine(string Table, string Name, long Rows, long Bytes, string Sha256);
