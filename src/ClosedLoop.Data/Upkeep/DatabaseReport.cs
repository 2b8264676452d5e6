namespace ClosedLoop.Data.Upkeep;

/// <summary>Size and contents of a database. What only a file has is 0 for one on a server.</summary>
/// <param name="Path">The file, or host, port and name.</param>
/// <param name="SchemaVersion">Newest migration in it; 0 for none.</param>
/// <param name="Bytes">Size of the file, or of the database with its indexes.</param>
/// <param name="LogBytes">Size of its write-ahead log.</param>
/// <param name="PageBytes">Size of a page.</param>
/// <param name="Pages">Pages of the file.</param>
/// <param name="FreePages">Pages that are free to be used again.</param>
/// <param name="Rows">Rows of each table, by name.</param>
public sealed record DatabaseReport(
    string Path, int SchemaVersion, long Bytes, long LogBytes, long PageBytes, long Pages, long FreePages, IReadOnlyDictionary<string, long> Rows);
