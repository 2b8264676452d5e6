using ClosedLoop.Data.Files;
using Microsoft.Data.Sqlite;

namespace ClosedLoop.Data.Upkeep;

/// <summary>
/// A copy of the database at one moment, while it is in use: SQLite's online backup inside a read transaction, so that writers go on and the copy holds
/// exactly the rows that were counted.
/// </summary>
public static class DatabaseBackup
{
    /// <summary>Writes the copy under a temporary name, checks it, and gives it its name.</summary>
    /// <param name="database">What to copy.</param>
    /// <param name="path">The new file; none may be there.</param>
    /// <returns>What the copy holds.</returns>
    /// <exception cref="IOException">A file of that name exists, or it cannot be written.</exception>
    /// <exception cref="InvalidDataException">CL3231: the copy is not what the database was; it is removed.</exception>
    public static DatabaseReport Write(Database database, string path)
    {
        ArgumentNullException.ThrowIfNull(database);
        path = Path.GetFullPath(path);
        if (File.Exists(path)) throw new IOException($"CL3230: {path} exists; a backup never replaces a file.");
        var temporary = path + ".partial";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Remove(temporary);
        try
        {
            var rows = Copy(database, temporary);
            var report = Check(temporary, rows);
            AtomicFile.Move(temporary, path);
            return report with { Path = path };
        }
        finally
        {
            Remove(temporary);
        }
    }

    private static IReadOnlyDictionary<string, long> Copy(Database database, string path)
    {
        using var source = (SqliteConnection)database.OpenRead();
        using var begin = new Statement(source, "BEGIN");
        begin.Execute();
        var rows = DatabaseInspector.Rows(source);
        using (var target = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString()))
        {
            target.Open();
            source.BackupDatabase(target);

            // The copy carries the mode of its source; without a log of its own it is one file that can be moved about.
            using var mode = new Statement(target, "PRAGMA journal_mode = DELETE");
            mode.Execute();
        }

        using var end = new Statement(source, "ROLLBACK");
        end.Execute();
        using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        stream.Flush(flushToDisk: true);
        return rows;
    }

    private static DatabaseReport Check(string path, IReadOnlyDictionary<string, long> rows)
    {
        var copy = new Database(path);
        try
        {
            var faults = DatabaseInspector.Faults(copy, quick: false);
            if (faults.Count > 0) throw new InvalidDataException($"CL3231: the copy is damaged: {faults[0]}");
            var report = DatabaseInspector.Report(copy);
            foreach (var (table, count) in rows)
            {
                if (!report.Rows.TryGetValue(table, out var copied) || copied != count)
                    throw new InvalidDataException(FormattableString.Invariant($"CL3231: table {table} has {count} rows and its copy {copied}"));
            }

            return report;
        }
        finally
        {
            using var connection = (SqliteConnection)copy.OpenRead();
            SqliteConnection.ClearPool(connection);
        }
    }

    private static void Remove(string path)
    {
        foreach (var file in new[] { path, path + "-wal", path + "-shm", path + "-journal" }) File.Delete(file);
    }
}
