namespace ClosedLoop.Responses.Export;

/// <summary>One written file.</summary>
/// <param name="Table">Which of the eight.</param>
/// <param name="Name">File name.</param>
/// <param name="Rows">Rows without the header.</param>
/// <param name="Bytes">Length.</param>
/// <param name="Sha256">Hash of the content, lower-case hex.</param>
public sealed record ExportedFile(string Table, string Name, long Rows, long Bytes, string Sha256);
