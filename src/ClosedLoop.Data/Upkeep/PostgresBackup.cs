using System.Data;
using System.Diagnostics;
using System.Globalization;
using ClosedLoop.Data.Files;
using Npgsql;

namespace ClosedLoop.Data.Upkeep;

/// <summary>
/// A copy of a PostgreSQL database at one moment, while it is in use: <c>pg_dump</c> in its custom format, over the snapshot in which the rows were counted.
/// </summary>
public static class PostgresBackup
{
    /// <summary>Writes the copy under a temporary name, has its table of contents read back, and gives it its name.</summary>
    /// <param name="database">What to copy.</param>
    /// <param name="path">The new file; none may be there. It is for <c>pg_restore</c>.</param>
    /// <returns>What the copy holds.</returns>
    /// <exception cref="IOException">A file of that name exists (CL3230), or the programs of PostgreSQL are not installed (CL3308).</exception>
    /// <exception cref="InvalidDataException">CL3231: the copy was not made, or cannot be read back; it is removed.</exception>
    public static DatabaseReport Write(Database database, string path)
    {
        ArgumentNullException.ThrowIfNull(database);
        path = Path.GetFullPath(path);
        if (File.Exists(path)) throw new IOException($"CL3230: {path} exists; a backup never replaces a file.");
        var temporary = path + ".partial";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            var report = Copy(database, temporary);
            Run(database, "pg_restore", ["--list", temporary]);
            AtomicFile.Move(temporary, path);
            return report with { Path = path, Bytes = new FileInfo(path).Length };
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static DatabaseReport Copy(Database database, string path)
    {
        using var connection = (NpgsqlConnection)database.OpenRead();

        // pg_dump sees exactly the rows that are counted here, for as long as this transaction is open.
        using var transaction = connection.BeginTransaction(IsolationLevel.RepeatableRead);
        using var export = new NpgsqlCommand("SELECT pg_export_snapshot()", connection);
        var snapshot = (string)export.ExecuteScalar()!;
        var report = DatabaseInspector.Report(database, connection);
        Run(database, "pg_dump", ["--format=custom", "--no-owner", "--no-privileges", "--snapshot=" + snapshot, "--file=" + path]);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        stream.Flush(flushToDisk: true);
        return report;
    }

    private static void Run(Database database, string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var (name, value) in Environment(database)) start.Environment[name] = value;
        using var process = Start(start, program);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        output.GetAwaiter().GetResult();
        if (process.ExitCode != 0) throw new InvalidDataException($"CL3231: {program} ended with {process.ExitCode.ToString(CultureInfo.InvariantCulture)}: {error.ReplaceLineEndings(" ").Trim()}");
    }

    private static Process Start(ProcessStartInfo start, string program)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new IOException($"CL3308: {program} cannot be started ({e.Message}); install the client programs of PostgreSQL, of the server's version or newer, and put them on the PATH.", e);
        }
    }

    /// <summary>By the environment: arguments of a process can be read by everybody on the machine.</summary>
    private static IEnumerable<(string Name, string? Value)> Environment(Database database)
    {
        using var connection = (NpgsqlConnection)database.OpenWrite();
        var settings = new NpgsqlConnectionStringBuilder(connection.ConnectionString);
        yield return ("PGHOST", settings.Host);
        yield return ("PGPORT", settings.Port.ToString(CultureInfo.InvariantCulture));
        yield return ("PGDATABASE", settings.Database);
        yield return ("PGUSER", settings.Username);
        if (settings.Password is { } password) yield return ("PGPASSWORD", password);
        yield return ("PGSSLMODE", settings.SslMode switch { SslMode.VerifyCA => "verify-ca", SslMode.VerifyFull => "verify-full", var mode => mode.ToString().ToLowerInvariant() });
        if (settings.RootCertificate is { } certificate) yield return ("PGSSLROOTCERT", certificate);
    }
}
