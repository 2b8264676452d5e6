using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ClosedLoop.Benchmarks.Pipeline;
using ClosedLoop.Data.Exports;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Delivery;
using ClosedLoop.Model.Tokens;
using ClosedLoop.Responses.Export;
using ClosedLoop.Silo.Commands;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ClosedLoop.Benchmarks.Export;

/// <summary><c>export</c>: the sending log of a large mailing against <c>sqlite3 -csv</c> in turns, and every file of a daily run.</summary>
internal static class ExportBenchmark
{
    public static async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        ExportArguments arguments;
        try
        {
            arguments = ExportArguments.Parse(args);
        }
        catch (FormatException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }

        var folder = arguments.Data ?? Directory.CreateTempSubdirectory("closedloop-bench-").FullName;
        try
        {
            var report = await MeasureAsync(arguments, folder);
            if (arguments.Json) Console.Out.WriteLine(JsonSerializer.Serialize(report, JsonSerializerOptions.Web));
            else Print(report);
            return report.SameRows == false ? 1 : 0;
        }
        finally
        {
            if (arguments.Data is null) Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<ExportReport> MeasureAsync(ExportArguments arguments, string folder)
    {
        var settings = new SiloSettings { Data = folder, Tracking = new TrackingSettings { BaseUrl = "https://t.example.org" } };
        var definitions = Path.Combine(folder, "definitions");
        PipelineContent.WriteDefinitions(definitions, 20_000);
        await ApplyCommand.ApplyAsync(settings, definitions);
        var services = new ServiceCollection();
        services.AddLogging();
        SiloHost.AddData(services, settings);
        SiloStations.AddStores(services);
        services.AddSingleton(SigningKeyFile.LoadOrCreate(settings.KeysPath)).AddSingleton<TrackingTokenCodec>().AddSingleton<AddressTokenCodec>();
        services.AddDelivery(new DeliveryOptions { TrackingBase = settings.TrackingBase });
        await using var provider = services.BuildServiceProvider();

        var daily = await ExportLedger.FillAsync(provider, arguments, arguments.Links, events: true);
        var large = await ExportLedger.FillAsync(provider, arguments, arguments.Rows, events: false);
        var runner = new ExportRunner(provider, folder);
        return Measure(arguments, settings.DatabasePath, folder, runner, large, runner.RunOf(large), runner.RunOf(daily));
    }

    private static ExportReport Measure(ExportArguments arguments, string database, string folder, ExportRunner runner, MailingRow large, ExportRun log, ExportRun daily)
    {
        // The first file pays for the just-in-time compiler; the daily one is short.
        foreach (var table in ExportTable.All) runner.Write(daily, table);
        var idle = Peak();
        var (ours, reading, shell, rows, allocated) = (new List<double>(), new List<double>(), new List<double>(), 0L, 0.0);
        for (var round = 0; round < arguments.Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var (seconds, file) = runner.Write(log, ExportTable.MailingRecipients);
            allocated = (double)(GC.GetAllocatedBytesForCurrentThread() - before) / file.Rows;
            rows = file.Rows;
            ours.Add(seconds);
            reading.Add(runner.Read(log));
            if (SqliteShell.IsInstalled) shell.Add(SqliteShell.Export(database, large.MailingId, log.CutTo, Path.Combine(folder, "shell.csv")));
        }

        var peak = Peak();
        var files = new Dictionary<ExportTable, (long Rows, List<double> Seconds)>();
        for (var round = 0; round < arguments.Rounds; round++)
        {
            foreach (var table in ExportTable.All)
            {
                var (seconds, file) = runner.Write(daily, table);
                if (files.TryGetValue(table, out var known)) known.Seconds.Add(seconds);
                else files.Add(table, (file.Rows, [seconds]));
            }
        }

        return new ExportReport
        {
            Rows = arguments.Rows,
            SendingLog = Rate("sending log", rows, ours),
            Reading = Rate("reading", arguments.Rows, reading),
            SqliteShell = shell.Count == 0 ? null : Rate("sqlite3 -csv", rows, shell),
            SameRows = shell.Count == 0 ? null : SameRows(Path.Combine(folder, ExportTable.MailingRecipients.Key), Path.Combine(folder, "shell.csv"), () => runner.Write(log, ExportTable.MailingRecipients)),
            AllocatedBytesPerRow = Math.Round(allocated, 2),
            PeakMemoryBytes = peak,
            IdleMemoryBytes = idle,
            DailyRecipients = arguments.Links,
            Files = [.. files.Select(file => Rate(file.Key.Key, file.Value.Rows, file.Value.Seconds))],
            WholeRun = Rate("whole run", files.Values.Sum(file => file.Rows), [.. Enumerable.Range(0, arguments.Rounds).Select(round => files.Values.Sum(file => file.Seconds[round]))]),
        };
    }

    private static ExportRate Rate(string name, long rows, List<double> seconds) => new(name, rows, [.. seconds.Order().Select(value => Math.Round(value, 4))]);

    /// <summary>Values here hold neither quotes nor separators, so the files are the same when they are without quotes.</summary>
    private static bool SameRows(string ours, string theirs, Action writeOurs)
    {
        writeOurs();
        return File.ReadLines(ours).Skip(1).Select(Unquoted).SequenceEqual(File.ReadLines(theirs).Select(Unquoted));
    }

    private static string Unquoted(string line) => line.Replace("\"", "", StringComparison.Ordinal).TrimEnd('\r');

    /// <summary>Highest resident memory so far.</summary>
    private static long Peak()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    private static void Print(ExportReport report)
    {
        Line($"sending log of {report.Rows} recipients, {report.SendingLog.Rows} rows; {report.AllocatedBytesPerRow} bytes allocated a row; peak memory {report.PeakMemoryBytes >> 20} MiB ({report.IdleMemoryBytes >> 20} MiB before)");
        Print(report.SendingLog);
        Print(report.Reading);
        if (report.SqliteShell is { } shell)
        {
            Print(shell);
            Line($"  {report.RatioToSqliteShell} times as fast as sqlite3 -csv by the medians, {report.BestRatioToSqliteShell} by the best; rows {(report.SameRows == true ? "the same" : "DIFFER")}");
        }

        Line($"a whole run of {report.DailyRecipients} recipients");
        foreach (var file in report.Files) Print(file);
        Print(report.WholeRun);
    }

    private static void Print(ExportRate rate) => Line($"  {rate.Name,-18} {rate.Rows,9} rows {rate.Seconds[rate.Seconds.Count / 2],8:0.000} s  median {rate.Median,9:0}/s  best {rate.Best,9:0}/s");

    private static void Line(FormattableString text) => Console.Out.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
