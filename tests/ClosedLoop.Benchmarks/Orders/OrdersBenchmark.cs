using System.Globalization;
using System.Text.Json;
using ClosedLoop.Benchmarks.Import;
using ClosedLoop.Benchmarks.Pipeline;

namespace ClosedLoop.Benchmarks.Orders;

/// <summary><c>orders</c>: a list of 12 columns as an order of XML Delivery, and the same rows as a subscribers file, in turn.</summary>
internal static class OrdersBenchmark
{
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

        var folder = Directory.CreateTempSubdirectory("closedloop-orders-").FullName;
        try
        {
            var file = Path.Combine(folder, "recipients.csv");
            PipelineContent.WriteRecipients(file, rows);
            List<OrderRound> orders = [];
            List<ImportRound> files = [];
            for (var round = 0; round < rounds; round++)
            {
                files.Add(await ImportRun.RunAsync(file, rows, server: null));
                orders.Add(await OrderRun.RunAsync(file, rows));
            }

            if (json)
            {
                Console.Out.WriteLine(JsonSerializer.Serialize(new { rows, orders, files }, JsonSerializerOptions.Web));
                return 0;
            }

            foreach (var (order, import) in orders.Zip(files))
            {
                Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{rows} rows: order {order.Seconds:0.00} s (into the database {order.UploadSeconds:0.00}, into the mailing {order.GatherSeconds:0.00}), {order.CpuSeconds:0.00} s CPU, {order.AboveIdleBytes / 1048576} MiB above idle; subscribers file {import.Seconds:0.00} s"));
            }

            var (own, other) = (Median(orders.Select(order => order.Seconds)), Median(files.Select(import => import.Seconds)));
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{rows / own:0} rows/s as an order, {rows / Median(orders.Select(order => order.UploadSeconds)):0} rows/s into its database; {rows / other:0} rows/s as a subscribers file; ratio {other / own:0.00}"));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
