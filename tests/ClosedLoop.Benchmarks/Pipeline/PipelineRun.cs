using System.Diagnostics;
using ClosedLoop.Benchmarks.Dkim;
using ClosedLoop.Data;
using ClosedLoop.Data.Files;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Delivery;
using ClosedLoop.Model.Files;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Silo.Commands;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Hosting;
using ClosedLoop.Testing.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Benchmarks.Pipeline;

/// <summary>Runs the service in this process, drops a file and watches it to its end.</summary>
internal static class PipelineRun
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    public static async Task<PipelineReport> RunAsync(PipelineArguments arguments, SmtpPeer peer)
    {
        var folder = arguments.Data ?? Directory.CreateTempSubdirectory("closedloop-bench-").FullName;
        await using var server = arguments.Postgres ? await PostgresServer.StartAsync(durable: true) : null;
        try
        {
            var delivery = new DeliverySettings();
            var settings = new SiloSettings
            {
                Delivery = delivery with
                {
                    GroupSize = arguments.GroupSize ?? delivery.GroupSize,
                    ConcurrentBatches = arguments.Batches ?? delivery.ConcurrentBatches,
                    Dkim = DkimKeyFile.Write(folder, arguments.Dkim),
                },
                Data = folder,
                Database = new DatabaseSettings { Provider = server is null ? DatabaseKind.Sqlite : DatabaseKind.Postgres, ConnectionString = server?.CreateDatabase() },
                Http = new HttpSettings { Listen = "http://127.0.0.1:0" },
                Sink = new SinkSettings { Embedded = false, Host = peer.Host, Port = peer.Port },
                Tracking = new TrackingSettings { BaseUrl = "https://t.example.org" },
                ClientScanSeconds = 0.2,
            };
            var definitions = Path.Combine(folder, "definitions");
            PipelineContent.WriteDefinitions(definitions, arguments.Bytes);
            await ApplyCommand.ApplyAsync(settings, definitions);
            var prepared = Path.Combine(folder, "prepared.csv");
            PipelineContent.WriteRecipients(prepared, arguments.Recipients);

            await using var app = SiloHost.Build(settings, logLevel: LogLevel.Error);
            await app.StartAsync();
            var inbox = Path.Combine(settings.DropPath, PipelineContent.Client, "in");
            Directory.CreateDirectory(inbox);
            File.Move(prepared, Path.Combine(inbox, "20260302091000_subscribers.csv"));
            var report = await WatchAsync(app.Services, arguments);
            await app.StopAsync();
            return report;
        }
        finally
        {
            if (arguments.Data is null) Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<PipelineReport> WatchAsync(IServiceProvider services, PipelineArguments arguments)
    {
        var files = services.GetRequiredService<FileRegister>();
        var mailings = services.GetRequiredService<MailingStore>();
        var writer = services.GetRequiredService<LedgerWriter>();

        var claimed = await ReachAsync(files, FileState.Claimed, writer);
        var validated = await ReachAsync(files, FileState.Validated, writer);
        var imported = await ReachAsync(files, FileState.Imported, writer);
        var started = await ReachAsync(files, FileState.Started, writer);
        MailingRow mailing;
        do
        {
            await Task.Delay(Look);
            mailing = mailings.Latest(1)[0];
        }
        while (mailing.State != MailingState.Finished);
        var finished = Mark.Now(writer);

        var file = files.Latest(1)[0];
        var statistics = services.GetRequiredService<DeliveryStatistics>();
        var seconds = (mailing.FinishedAt!.Value - file.ClaimedAt) / 1e6;
        var sending = (mailing.FinishedAt.Value - mailing.StartedAt!.Value) / 1e6;
        var record = finished.Writer - imported.Writer;
        var send = finished.Cpu - imported.Cpu - statistics.Render - statistics.Compose - record;
        PipelineStage Stage(string name, TimeSpan cpu, TimeSpan wall) => new(
            name, Math.Round(cpu.TotalSeconds, 3), Math.Round(wall.TotalSeconds, 3), Math.Round(cpu.TotalMicroseconds / arguments.Recipients, 1));
        return new PipelineReport
        {
            Recipients = arguments.Recipients,
            Dkim = arguments.Dkim,
            Sent = services.GetRequiredService<RecipientLedger>().Count(mailing.MailingId).Sent,
            Seconds = Math.Round(seconds, 3),
            SendingPerSecond = Math.Round(arguments.Recipients / sending),
            CpuSeconds = Math.Round((finished.Cpu - claimed.Cpu).TotalSeconds, 3),
            PeakMemoryBytes = Environment.WorkingSet > finished.Peak ? Environment.WorkingSet : finished.Peak,
            MessageBytes = Math.Round((double)statistics.Bytes / Math.Max(1, statistics.Messages)),
            Commits = writer.Commits,
            Stages =
            [
                Stage("parse", validated.Cpu - claimed.Cpu, validated.Clock - claimed.Clock),
                Stage("import", imported.Cpu - validated.Cpu, imported.Clock - validated.Clock),
                Stage("render", statistics.Render, finished.Clock - started.Clock),
                Stage("compose", statistics.Compose, finished.Clock - started.Clock),
                Stage("send", send, statistics.Send),
                Stage("record", record, statistics.Claim + statistics.Record),
            ],
            SmtpSourcePerSecond = [],
        };
    }

    private static async Task<Mark> ReachAsync(FileRegister files, FileState state, LedgerWriter writer)
    {
        while (true)
        {
            if (files.Latest(1) is [var file])
            {
                if (file.IsFailed) throw new InvalidOperationException($"the benchmark's file failed: {file.Code} {file.Message}");
                if (file.State >= state) return Mark.Now(writer);
            }

            await Task.Delay(Look);
        }
    }

    /// <summary>Clocks at one moment.</summary>
    private readonly record struct Mark(TimeSpan Clock, TimeSpan Cpu, TimeSpan Writer, long Peak)
    {
        public static Mark Now(LedgerWriter writer)
        {
            using var process = Process.GetCurrentProcess();
            return new Mark(Stopwatch.GetElapsedTime(0), process.TotalProcessorTime, writer.ProcessorTime, process.PeakWorkingSet64);
        }
    }
}
