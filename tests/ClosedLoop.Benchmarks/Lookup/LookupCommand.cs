using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ClosedLoop.Data;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Lookup;
using ClosedLoop.Data.Migrations;
using ClosedLoop.Model.Clients;
using ClosedLoop.Testing.Servers;

namespace ClosedLoop.Benchmarks.Lookup;

/// <summary>
/// <c>lookup</c>: finding one person among many recipients, as the dashboard does, and filling the index behind it. The looking is done by processes of their own, one
/// that begins with a look-up and one that warms up as the service does when it starts, each after the file was dropped from the system's cache.
/// </summary>
internal static class LookupCommand
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is ["look", var place, var people, var warm]) return LookupRun.Run(place, int.Parse(people, CultureInfo.InvariantCulture), warm == "warm");
        var rows = Option(arguments, "--rows", 1_000_000);
        var postgres = Array.IndexOf(arguments, "--database") is >= 0 and var at && at + 1 < arguments.Length && arguments[at + 1] == "postgres";
        var folder = Directory.CreateTempSubdirectory("closedloop-lookup-").FullName;
        try
        {
            await using var server = postgres ? await PostgresServer.StartAsync(durable: true) : null;
            var target = server?.CreateDatabase() ?? Path.Combine(folder, "closedloop.db");
            var (fill, index) = await BuildAsync(LookupRun.Open(target), rows);
            DropCache(target, server);
            var cold = LookApart(target, rows, "cold");
            DropCache(target, server);
            var warmed = LookApart(target, rows, "warm");
            Console.Out.WriteLine(JsonSerializer.Serialize(new
            {
                database = postgres ? "postgres" : "sqlite",
                rows,
                mailings = LookupContent.Mailings,
                fillSeconds = Math.Round(fill.TotalSeconds, 1),
                indexSeconds = Math.Round(index.TotalSeconds, 1),
                indexedPerSecond = (long)(rows / index.TotalSeconds),
                databaseMiB = postgres ? (long?)null : new FileInfo(target).Length / 1_048_576,
                processThatBeginsWithALookup = cold,
                serviceThatHasStarted = warmed,
            }));
            return 0;
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(TimeSpan Fill, TimeSpan Index)> BuildAsync(Database database, int rows)
    {
        Migrator.Migrate(database, TimeProvider.System);
        await using var writer = new LedgerWriter(database, TimeProvider.System);
        await new DefinitionStore(database, writer).ApplyAsync(new ClientDefinition { Id = 1, Key = "bench", Sender = new SenderSettings { Address = "news@example.org" } });
        var started = Stopwatch.GetTimestamp();
        await LookupContent.FillAsync(writer, rows);
        var filled = Stopwatch.GetTimestamp();
        var index = new AddressIndex(database, writer);
        while (await index.CatchUpAsync() > 0)
        {
            // The service pauses between the parts; here it is the work that is measured.
        }

        return (Stopwatch.GetElapsedTime(started, filled), Stopwatch.GetElapsedTime(filled));
    }

    private static JsonElement LookApart(string target, int rows, string warm)
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath!, [typeof(LookupCommand).Assembly.Location, "lookup", "look", target, (rows / LookupContent.Mailings).ToString(CultureInfo.InvariantCulture), warm])
        { RedirectStandardOutput = true, UseShellExecute = false };
        if (!Path.GetFileNameWithoutExtension(Environment.ProcessPath!).Equals("dotnet", StringComparison.Ordinal)) start.ArgumentList.RemoveAt(0);
        using var process = Process.Start(start)!;
        using var answer = JsonDocument.Parse(process.StandardOutput.ReadToEnd());
        process.WaitForExit();
        return answer.RootElement.Clone();
    }

    /// <summary>The file of SQLite; a server of PostgreSQL is started anew, which empties its own buffers, and its files stay with the system.</summary>
    private static void DropCache(string target, PostgresServer? server)
    {
        if (server is not null)
        {
            server.Stop();
            server.StartAgain();
            return;
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        using var drop = Process.Start("dd", [$"if={target}", "iflag=nocache", "count=0", "status=none"]);
        drop.WaitForExit();
    }

    private static int Option(string[] arguments, string name, int otherwise) =>
        Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length ? int.Parse(arguments[at + 1], CultureInfo.InvariantCulture) : otherwise;
}
