using ClosedLoop.Silo.Commands;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Simulation;
using ClosedLoop.Testing.Servers;

namespace ClosedLoop.Scenarios;

/// <summary>A rehearsal on a service of its own gives the same response files each time, octet for octet, so that they can stand as expected files in somebody's build.</summary>
public sealed class RehearsedAgain : IDisposable
{
    private static readonly string[] Scenario = ["trouble", "--recipients", "120", "--seed"];

    private readonly string _root = Directory.CreateTempSubdirectory("closedloop-again-").FullName;

    [Fact]
    public async Task The_same_seed_gives_the_same_octets_on_a_machine_of_one_processor_and_another_seed_does_not()
    {
        var files = Path.Combine(_root, "files");
        var first = (await SimulateAsync(processors: null, [.. Scenario, "11", "--out", files])).Succeeded().Json();
        Assert.True(first.GetProperty("repeatable").GetBoolean());
        Assert.Equal(24, first.GetProperty("files").GetArrayLength());
        Assert.Equal(24 + 3 + 1, Directory.GetFiles(files).Length);
        Assert.All(first.GetProperty("files").EnumerateArray(), file => Assert.Equal(ExpectedFiles.HashOf(Path.Combine(files, file.GetProperty("name").GetString()!)), file.GetProperty("sha256").GetString()));

        // Every kind of thing happened, so that the comparison means something.
        foreach (var table in new[] { "clicks", "opens", "automated_opens", "unsubscribes", "responses" })
            Assert.True(File.ReadLines(Path.Combine(files, $"20260303_{table}.csv")).Skip(1).Any(), table);

        (await SimulateAsync(processors: "1", [.. Scenario, "11", "--expect", files])).Succeeded();
        (await SimulateAsync(processors: null, [.. Scenario, "11", "--expect", Path.Combine(files, ExpectedFiles.ListName)])).Succeeded();

        var other = await SimulateAsync(processors: null, [.. Scenario, "12", "--expect", files]);
        Assert.Equal(ExitCode.InvalidData, other.ExitCode);
        Assert.Contains("CL9695", other.Error, StringComparison.Ordinal);
        Assert.Contains("20260303_clicks.csv, line ", other.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task How_the_sending_is_divided_does_not_show_in_the_files()
    {
        var (one, other) = (Directory.CreateDirectory(Path.Combine(_root, "one")).FullName, Directory.CreateDirectory(Path.Combine(_root, "other")).FullName);
        var usual = await PlayAsync(one, new DeliverySettings());
        var single = await PlayAsync(other, new DeliverySettings { ConcurrentBatches = 1, GroupSize = 1, InDoubtWindow = 1 });

        Assert.True(usual.Ok && single.Ok);
        Assert.Empty(ExpectedFiles.Differences(usual.Folder, single.Folder, single.Files));
    }

    [PostgresFact]
    public async Task PostgreSQL_gives_the_files_that_SQLite_gives()
    {
        var files = Path.Combine(_root, "files");
        (await SimulateAsync(processors: null, [.. Scenario, "11", "--out", files])).Succeeded();
        var database = (await PostgresServer.SharedAsync()).CreateDatabase();

        (await SimulateAsync(processors: null, [.. Scenario, "11", "--expect", files, "--postgres", database])).Succeeded();

        var used = await SimulateAsync(processors: null, [.. Scenario, "11", "--postgres", database]);
        Assert.Equal(ExitCode.Refused, used.ExitCode);
        Assert.Contains("CL9693", used.Error, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_root, recursive: true);
    }

    private static async Task<SimulationReport> PlayAsync(string folder, DeliverySettings delivery)
    {
        var scenario = ClosedLoop.Silo.Simulation.Scenarios.Find("scanners") with { Recipients = 60, Seed = 5 };
        var settings = TemporaryService.SettingsFor(Apart(), folder, postgres: null) with { Delivery = delivery };
        await using var service = await TemporaryService.StartAsync(settings, definitions: null, client: null, SimulatedStart.Default, CancellationToken.None);
        return await SimulationRun.PlayAsync(settings, clientKey: null, sourceId: null, scenario, service, CancellationToken.None);
    }

    private static SiloSettings Apart() => new()
    {
        Http = new HttpSettings { Listen = $"http://127.0.0.1:{Text(Ports.Free())}" },
        Operator = new OperatorSettings { Listen = $"http://127.0.0.1:{Text(Ports.Free())}" },
        Sink = new SinkSettings { Port = Ports.Free() },
    };

    private static string Text(int port) => port.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static Task<CommandResult> SimulateAsync(string? processors, IReadOnlyList<string> arguments) => CommandResult.OfAsync(
        processors is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["DOTNET_PROCESSOR_COUNT"] = processors },
        ["simulate", .. arguments, "--json", "--data", Path.Combine(Path.GetTempPath(), "closedloop-no-installation"), .. OwnPorts()]);

    /// <summary>Two tests that look for free ports at one moment would both find the usual ones.</summary>
    private static IEnumerable<string> OwnPorts() => new[] { "Http:Listen=http://127.0.0.1:", "Operator:Listen=http://127.0.0.1:", "Sink:Port=" }
        .SelectMany(key => new[] { "--set", key + Text(Ports.Free()) });
}
