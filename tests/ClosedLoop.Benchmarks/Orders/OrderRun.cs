using System.Globalization;
using ClosedLoop.Benchmarks.Pipeline;
using ClosedLoop.Data.Orders;
using ClosedLoop.Model.Orders;
using ClosedLoop.Silo.Commands;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Benchmarks.Orders;

/// <summary>Runs the service in this process and has it work an order off.</summary>
internal static class OrderRun
{
    public static async Task<OrderRound> RunAsync(string recipients, int rows)
    {
        var folder = Directory.CreateTempSubdirectory("closedloop-bench-").FullName;
        try
        {
            // Nobody listens at the relay: what is measured ends before anything is sent.
            var settings = new SiloSettings
            {
                Data = folder,
                Http = new HttpSettings { Listen = "http://127.0.0.1:0" },
                Sink = new SinkSettings { Embedded = false, Host = "127.0.0.1", Port = 1 },
                Tracking = new TrackingSettings { BaseUrl = "https://t.example.org" },
                ClientScanSeconds = 0.2,
            };
            var definitions = Path.Combine(folder, "definitions");
            PipelineContent.WriteDefinitions(definitions, bytes: 2_000);
            OrderContent.WriteAccount(definitions);
            await ApplyCommand.ApplyAsync(settings, definitions);
            await using var app = SiloHost.Build(settings, logLevel: LogLevel.Critical);
            await app.StartAsync();
            var inbox = Directory.CreateDirectory(Path.Combine(settings.DropPath, PipelineContent.Client, "orders")).FullName;
            OrderContent.WriteList(recipients, Path.Combine(inbox, "list.csv"));
            await File.WriteAllTextAsync(Path.Combine(inbox, "order.xml"), OrderContent.Order);
            await Task.Delay(TimeSpan.FromSeconds(2));
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            var idle = Peak(reset: true);
            var cpu = Environment.CpuUsage.TotalTime;
            await File.WriteAllTextAsync(Path.Combine(inbox, "order.xml.ok"), "");

            var operations = app.Services.GetRequiredService<OperationStore>();
            OperationRow row;
            while (operations.List(0, status: null, 0, 1) is not [{ EndedAt: not null } ended] || (row = ended) is null) await Task.Delay(20);
            if (row.Status != OperationStatus.Success) throw new InvalidOperationException(string.Join(Environment.NewLine, operations.Problems(row.OperationId).Select(problem => problem.Text)));
            var delivery = app.Services.GetRequiredService<DeliveryStore>().OfOperation(row.OperationId).Single();
            if (row.RowsAdded != rows) throw new InvalidOperationException($"{row.RowsAdded} rows were added; the list has {rows}");
            var handed = operations.Transitions(row.OperationId).Single(step => step.SubStatus == SubStatus.Started).BegunAt;
            var finished = operations.Transitions(row.OperationId).Single(step => step.SubStatus == SubStatus.Finished).BegunAt;
            var round = new OrderRound(
                Seconds(row.BegunAt, finished), Seconds(row.UploadBegunAt!.Value, row.UploadEndedAt!.Value), Seconds(handed, finished),
                Math.Round((Environment.CpuUsage.TotalTime - cpu).TotalSeconds, 2), Peak(reset: false) - idle);
            if (delivery.State != DeliveryState.Started) throw new InvalidOperationException($"the delivery is {delivery.State}");
            await app.StopAsync();
            return round;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Seconds(long from, long to) => Math.Round((to - from) / 1_000_000d, 3);

    /// <summary>Highest working set in bytes since the last reset (proc(5), VmHWM).</summary>
    private static long Peak(bool reset)
    {
        if (reset) File.WriteAllText("/proc/self/clear_refs", "5");
        var line = File.ReadLines("/proc/self/status").First(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024;
    }
}
