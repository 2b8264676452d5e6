using System.Text.Json;

namespace ClosedLoop.Testing.Installations;

/// <summary>A published export: the eight files, read with a reader of our own, because the writer must not judge itself.</summary>
internal sealed record ExportedRun(long RunId, IReadOnlyDictionary<string, string> Paths)
{
    public static ExportedRun Read(Books books, long run, string folder)
    {
        using var manifest = JsonDocument.Parse(books.Text("SELECT manifest FROM export_run WHERE run_id = $1", run));
        var files = manifest.RootElement.GetProperty("files").EnumerateArray()
            .ToDictionary(file => file.GetProperty("table").GetString()!, file => Path.Combine(folder, file.GetProperty("name").GetString()!), StringComparer.Ordinal);
        if (files.Count != 8) throw new InvalidDataException($"export {run} has {files.Count} files; expected 8");
        if (files.Values.FirstOrDefault(path => !File.Exists(path)) is { } missing) throw new InvalidDataException($"export {run}: {missing} is missing");
        return new ExportedRun(run, files);
    }

    /// <summary>Rows of a table, each by column name.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Rows(string table)
    {
        var lines = CsvText.Parse(File.ReadAllText(Paths[table]));
        var header = lines[0];
        return lines.Skip(1).Select(IReadOnlyDictionary<string, string> (row) =>
        {
            if (header.Count != row.Count) throw new InvalidDataException($"{table}: a row of {row.Count} columns; expected {header.Count}");
            return header.Zip(row).ToDictionary(cell => cell.First, cell => cell.Second, StringComparer.Ordinal);
        }).ToList();
    }
}
