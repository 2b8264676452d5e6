using System.Globalization;
using System.Text.Json;
using ClosedLoop.Benchmarks.Pipeline;
using ClosedLoop.Testing.Servers;

namespace ClosedLoop.Benchmarks.Import;

/// <summary><c>import</c>: a file of 12 columns into the ledger, and into a bare table by the shell of the database (<c>sqlite3 .import</c>, <c>psql \copy</c>), in turn.</summary>
internal static class ImportCommand
{
    private const int Columns = 12;

    public static async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        int rows = 1_000_000, rounds = 3;
        var (json, postgres) = (false, false);
        for (var i = 0; i < args.Count; i++)
        {
            switch (args[i])
            {
                case "--rows" when i + 1 < args.Count: rows = int.Parse(args[++i], CultureInfo.InvariantCulture); break;
                case "--rounds" when i + 1 < args.Count: rounds = int.Parse(args[++i], CultureInfo.InvariantCulture); break;
                case "--database" when i + 1 < args.Count && args[i + 1] is "sqlite" or "postgres": postgres = args[++i] == "postgres"; break;
                case "--json": json = true; break;
                default:
                    await Console.Error.WriteLineAsync($"unknown argument '{args[i]}'");
                    return 2;
            }
        }

        var folder = Directory.CreateTempSubdirectory("closedloop-import-").FullName;
        await using var server = postgres ? await PostgresServer.StartAsync(durable: true) : null;
        try
        {
            var file = Path.Combine(folder, "recipients.csv");
            PipelineContent.WriteRecipients(file, rows);

            // The server's programs run as somebody else.
            if (server is not null && !OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
            double? Peer() => server is null ? SqliteShell.Import(file, Columns) : PostgresShell.Import(server, file, Columns);
            List<double?> peer = [Peer()];
            List<ImportRound> measured = [];
            for (var round = 0; round < rounds; round++)
            {
                measured.Add(await ImportRun.RunAsync(file, rows, server));
                peer.Add(Peer());
            }

            var report = new ImportReport { Rows = rows, FileBytes = new FileInfo(file).Length, Rounds = measured, PeerSeconds = [.. peer.OfType<double>()], Peer = postgres ? "psql \\copy" : "sqlite3 .import" };
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
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Peer} {string.Join(", ", report.PeerSeconds)} s: {report.PeerRowsPerSecond} rows/s; ratio {ratio:0.00}"));
    }
}
