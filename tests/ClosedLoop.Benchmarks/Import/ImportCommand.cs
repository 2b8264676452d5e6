using System.Globalization;
using System.Text.Json;
using ClosedLoop.Benchmarks.Pipeline;

namespace ClosedLoop.Benchmarks.Import;

/// <summary><c>import</c>: a file of 12 columns into the ledger, and into a bare table by <c>sqlite3 .import</c>, in turn.</summary>
internal static class ImportCommand
{
    private const int Columns = 12;

    public static async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        int rows = 1_000_000, rounds = 3;
        var json = false;
        for (var i = 0; i < args.Count; i++)
        {
            switch (args[i])
            {
                case "--rows" when i + 1 < args.Count: rows = int.Parse(args[++i], CultureInfo.InvariantCulture); break;
                case "--rounds" when i + 1 < args.Count: rounds = int.Parse(args[++i], CultureInfo.InvariantCulture); break;
                case "--json": json = true; break;
                default:
                    await Console.Error.WriteLineAsync($"unknown argument '{args[i]}'");
                    return 2;
            }
        }

        var folder = Directory.CreateTempSubdirectory("closedloop-import-").FullName;
        try
        {
            var file = Path.Combine(folder, "recipients.csv");
            PipelineContent.WriteRecipients(file, rows);
            List<double?> peer = [SqliteShell.Import(file, Columns)];
            List<ImportRound> measured = [];
            for (var round = 0; round < rounds; round++)
            {
                measured.Add(await ImportRun.RunAsync(file, rows));
                peer.Add(SqliteShell.Import(file, Columns));
            }

            var report = new ImportReport { Rows = rows, FileBytes = new FileInfo(file).Length, Rounds = measured, SqliteSeconds = [.. peer.OfType<double>()] };
            if (json) Console.Out.WriteLine(JsonSerializer.Serialize(report, JsonSerializerOptions.Web));
            else Print(report);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Print(ImportReport report)
    {
        foreach (var round in report.Rounds)
        {
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{report.Rows} rows, {report.FileBytes / 1048576} MiB: {round.Seconds:0.00} s (claim {round.ClaimSeconds:0.00}, read and write {round.ReadSeconds:0.00}), {round.CpuSeconds:0.00} s CPU ({round.WriterCpuSeconds:0.00} writer), {round.AboveIdleBytes / 1048576} MiB above idle"));
        }

        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.RowsPerSecond} rows/s"));
        if (report.Ratio is { } ratio)
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"sqlite3 .import {string.Join(", ", report.SqliteSeconds)} s: {report.SqliteRowsPerSecond} rows/s; ratio {ratio:0.00}"));
    }
}
