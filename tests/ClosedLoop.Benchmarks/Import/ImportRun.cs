using System.Diagnostics;
using System.Globalization;
using ClosedLoop.Benchmarks.Pipeline;
using ClosedLoop.Data;
using ClosedLoop.Data.Files;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model.Files;
using ClosedLoop.Silo.Commands;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Hosting;
using ClosedLoop.Testing.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Benchmarks.Import;

/// <summary>Runs the service in this process, drops a file and watches it until everybody in it is imported.</summary>
internal static class ImportRun
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    public static async Task<ImportRound> RunAsync(string prepared, int rows, PostgresServer? server)
    {
        var folder = Directory.CreateTempSubdirectory("closedloop-bench-").FullName;
        try
        {
            // Nobody listens at the relay: what is measured ends before anything is sent.
            var settings = new SiloSettings
            {
                Data = folder,
                Database = new DatabaseSettings { Provider = server is null ? DatabaseKind.Sqlite : DatabaseKind.Postgres, ConnectionString = server?.CreateDatabase() },
                Http = new HttpSettings { Listen = "http://127.0.0.1:0" },
                Sink = new SinkSettings { Embedded = false, Host = "127.0.0.1", Port = 1 },
                Tracking = new TrackingSettings { BaseUrl = "https://t.example.org" },
                ClientScanSeconds = 0.2,
            };
            var definitions = Path.Combine(folder, "definitions");
            PipelineContent.WriteDefinitions(definitions, bytes: 2_000);
            await ApplyCommand.ApplyAsync(settings, definitions);
            await using var app = SiloHost.Build(settings, logLevel: LogLevel.Critical);
            await app.StartAsync();
            var inbox = Path.Combine(settings.DropPath, PipelineContent.Client, "in");
            Directory.CreateDirectory(inbox);
            var copy = Path.Combine(inbox, "copy.tmp");
            File.Copy(prepared, copy);
            await Task.Delay(TimeSpan.FromSeconds(2));
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            var idle = Peak(reset: true);
            var cpu = Environment.CpuUsage.TotalTime;
            File.Move(copy, Path.Combine(inbox, "20260302091000_subscribers.csv"));

            var writer = app.Services.GetRequiredService<LedgerWriter>();
            var files = app.Services.GetRequiredService<FileRegister>();
            while (!Directory.Exists(Path.Combine(settings.DropPath, PipelineContent.Client, "in")) || Directory.EnumerateFiles(inbox).Any()) await Task.Delay(Look);
            var started = Stopwatch.GetTimestamp();
            var claimed = await ReachAsync(files, FileState.Claimed, started);
            var imported = await ReachAsync(files, FileState.Imported, started);
            var round = new ImportRound(Round(imported), Round(claimed), Round(imported - claimed),
                Round((Environment.CpuUsage.TotalTime - cpu).TotalSeconds), Round(writer.ProcessorTime.TotalSeconds), Peak(reset: false) - idle);
            var mailing = app.Services.GetRequiredService<MailingStore>().Latest(1)[0];
            var counts = app.Services.GetRequiredService<RecipientLedger>().Count(mailing.MailingId);
            if (counts.Total != rows) throw new InvalidOperationException($"{counts.Total} recipients were imported; the file has {rows}");
            await app.StopAsync();
            return round;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Round(double seconds) => Math.Round(seconds, 3);

    private static async Task<double> ReachAsync(FileRegister files, FileState state, long started)
    {
        while (true)
        {
            if (files.Latest(1) is [var file])
            {
                if (file.IsFailed) throw new InvalidOperationException($"the benchmark's file failed: {file.Code} {file.Message}");
                if (file.State >= state) return Stopwatch.GetElapsedTime(started).TotalSeconds;
            }

            await Task.Delay(Look);
        }
    }

    /// <summary>Highest working set in bytes since the last reset (proc(5), VmHWM).</summary>
    private static long Peak(bool reset)
    {
        if (reset) File.WriteAllText("/proc/self/clear_refs", "5");
        var line = File.ReadLines("/proc/self/status").First(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024;
    }
}
