using System.CommandLine;
using System.Globalization;
using ClosedLoop.Operations.Hosting;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Operator;
using ClosedLoop.Silo.Simulation;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>simulate</c>: an invented audience against the real sink, tracking and intake of returned mail.</summary>
internal sealed class SimulateCommand
{
    private readonly Argument<string> _scenario = new("SCENARIO") { Description = string.Join(", ", Scenarios.Names) + ", or a JSON file; see --print.", DefaultValueFactory = _ => "everyday" };
    private readonly Option<string?> _client = new("--client") { Description = "Key of the client; the first one when not given." };
    private readonly Option<long?> _source = new("--source") { Description = "Number of the source mailing; the client's first one that sends mail at once when not given." };
    private readonly Option<int?> _recipients = new("--recipients") { Description = "Rows of the file, instead of the scenario's." };
    private readonly Option<int?> _seed = new("--seed") { Description = "The same seed, the same people doing the same, and on a temporary service the same files; instead of the scenario's." };
    private readonly Option<double?> _over = new("--over") { Description = "Seconds into which a running service has two days of reactions pressed, instead of the scenario's; a temporary one has the two days." };
    private readonly Option<bool> _temporary = new("--temporary") { Description = "A service of its own for the rehearsal, also when one runs; it is used by itself when none runs." };
    private readonly Option<string?> _definitions = new("--definitions") { Description = "Folder of clients and mailings for the temporary service, as for apply; the demonstration's when not given." };
    private readonly Option<string?> _keep = new("--keep") { Description = "Data folder of the temporary service, which is then kept; without it everything is gone at the end." };
    private readonly Option<bool> _serve = new("--serve") { Description = "Leaves the temporary service running for a look at its dashboard, until Ctrl-C." };
    private readonly Option<string?> _start = new("--start") { Description = $"What the clock of the temporary service says at the beginning, as in 2026-03-02 or 2026-03-02T09:00Z; {SimulatedStart.Default.UtcDateTime:yyyy-MM-ddTHH:mm}Z when not given." };
    private readonly Option<string?> _postgres = new("--postgres") { Description = "Connection string of an empty PostgreSQL database for the temporary service; a file in its folder when not given." };
    private readonly Option<string?> _out = new("--out") { Description = "New folder that the response files are copied to, with SHA256SUMS." };
    private readonly Option<string?> _expect = new("--expect") { Description = "Response files of an earlier run (the folder of --out, its SHA256SUMS, or one manifest); exit code 6 when these differ." };
    private readonly Option<bool> _print = new("--print") { Description = "Prints the scenario as JSON, to begin one's own, and does nothing." };
    private readonly Option<int> _timeout = SharedOptions.TimeOut("Time for all of it", 900);
    private readonly Option<string?> _data = SharedOptions.Data();
    private readonly Option<string[]> _set = SharedOptions.Set();
    private readonly Option<bool> _json = SharedOptions.Json();

    public static Command Create()
    {
        var own = new SimulateCommand();
        var command = new Command("simulate", "Rehearses a campaign with invented people in the sink, and compares what they did with the eight files; exit code 0, 1, or 6 with --expect.")
        {
            own._scenario, own._client, own._source, own._recipients, own._seed, own._over, own._temporary, own._definitions, own._start, own._postgres, own._keep, own._serve, own._out, own._expect, own._print, own._timeout, own._data, own._set, own._json,
        };
        command.SetAction(own.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var scenario = Scenarios.Checked(Wanted(parsed));
        if (parsed.GetValue(_print))
        {
            Output.WriteJson(scenario);
            return ExitCode.Ok;
        }

        var settings = SharedOptions.Settings(parsed.GetValue(_data), parsed.GetValue(_set));
        if (settings.Delivery.Mode != Delivery.DeliveryMode.Sink) throw new CommandException(ExitCode.Refused, "CL9662: ClosedLoop:Delivery:Mode is Live; a simulation runs in mode Sink only, and nothing was sent.");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(parsed.GetValue(_timeout)));
        try
        {
            return IsTemporary(parsed) || !OperatorAccess.IsRunning(settings) ? await ApartAsync(parsed, settings, scenario, limit, cancellation) : await PlayAsync(parsed, settings, scenario, own: null, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new CommandException(ExitCode.TimeOut, $"CL9666: the simulation is not at its end after {parsed.GetValue(_timeout).ToString(CultureInfo.InvariantCulture)} seconds; --timeout gives it more. What was sent stays in the sink.");
        }
    }

    private bool IsTemporary(ParseResult parsed) =>
        parsed.GetValue(_temporary) || parsed.GetValue(_serve) || new[] { _definitions, _keep, _start, _postgres, _out, _expect }.Any(option => parsed.GetValue(option) is not null);

    private Scenario Wanted(ParseResult parsed)
    {
        var scenario = Scenarios.Find(parsed.GetValue(_scenario)!);
        return scenario with
        {
            Recipients = parsed.GetValue(_recipients) ?? scenario.Recipients,
            Seed = parsed.GetValue(_seed) ?? scenario.Seed,
            OverSeconds = parsed.GetValue(_over) ?? scenario.OverSeconds,
        };
    }

    /// <summary>On a service of its own, in a folder of its own.</summary>
    private async Task<int> ApartAsync(ParseResult parsed, SiloSettings settings, Scenario scenario, CancellationTokenSource limit, CancellationToken cancellation)
    {
        var kept = parsed.GetValue(_keep);
        var start = SimulatedStart.Of(parsed.GetValue(_start), isKept: kept is not null);
        if (parsed.GetValue(_out) is { } aside) ExpectedFiles.RequireEmpty(aside);
        if (parsed.GetValue(_expect) is { } expected) ExpectedFiles.RequireThere(expected);
        var folder = kept is null ? Directory.CreateTempSubdirectory("closedloop-simulate-").FullName : Directory.CreateDirectory(kept).FullName;
        if (kept is not null && Directory.EnumerateFileSystemEntries(folder).Any()) throw new CommandException(ExitCode.Refused, $"CL9669: --keep {folder} is not empty; a rehearsal must not be mixed with anything else.");
        try
        {
            await using var own = await TemporaryService.StartAsync(TemporaryService.SettingsFor(settings, folder, parsed.GetValue(_postgres)), parsed.GetValue(_definitions), parsed.GetValue(_client), start, limit.Token);
            await Console.Error.WriteLineAsync($"a temporary service runs on {own.Settings.Operator.Listen}, its mail sink on {own.Settings.Sink.Host}:{own.Settings.Sink.Port.ToString(CultureInfo.InvariantCulture)}, data in {folder}");
            var code = await PlayAsync(parsed, own.Settings, scenario, own, limit.Token);
            own.Clock.Release();
            await Console.Error.WriteLineAsync(kept is null ? "database, mail and response files go with the temporary service; --keep DIR keeps them" : $"everything is in {folder}; closedloop serve --data {kept} shows it");
            if (parsed.GetValue(_serve))
            {
                await Console.Error.WriteLineAsync($"dashboard, once: {own.App.CreateSignInLink()}{Environment.NewLine}Ctrl-C ends.");
                await own.App.WaitForShutdownAsync(cancellation);
            }

            return code;
        }
        finally
        {
            if (kept is null)
            {
                Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private async Task<int> PlayAsync(ParseResult parsed, SiloSettings settings, Scenario scenario, TemporaryService? own, CancellationToken cancellation)
    {
        var report = await SimulationRun.PlayAsync(settings, parsed.GetValue(_client), parsed.GetValue(_source), scenario, own, cancellation);
        if (report.Simulated["proxyOpen"] > 0 && report.Exported["automated_opens"] == 0) await Console.Error.WriteLineAsync("opens by Apple's proxy come from this machine and stand in the opens file: Tracking:MppUserAgentOnly is off");
        if (parsed.GetValue(_json)) Output.WriteJson(report);
        else Write(report);
        await Console.Error.WriteLineAsync($"response files: {report.Folder}");
        if (own is { WasDelayed: true }) await Console.Error.WriteLineAsync("CL9694: mail had to wait while it was being sent, so that times in the files depend on the machine; with --keep the log says why");
        if (parsed.GetValue(_out) is { } aside) ExpectedFiles.Put(aside, report.Folder, report.Files);
        if (!report.Ok) throw new CommandException(ExitCode.Other, "CL9667: what was simulated and what was exported differ.");
        if (parsed.GetValue(_expect) is not { } expected) return ExitCode.Ok;
        var differences = ExpectedFiles.Differences(expected, report.Folder, report.Files);
        foreach (var difference in differences) await Console.Error.WriteLineAsync(difference);
        return differences.Count == 0 ? ExitCode.Ok : throw new CommandException(ExitCode.InvalidData, string.Create(CultureInfo.InvariantCulture, $"CL9695: {differences.Count} response files are not as in {expected}."));
    }

    private static void Write(SimulationReport report)
    {
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"scenario {report.Scenario.Name}, seed {report.Scenario.Seed}: mailing {report.MailingId} of client {report.Client}"));
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"",-66} {"simulated",10} {"found",10}"));
        foreach (var check in report.Checks) Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{check.What,-66} {check.Expected,10} {check.Found,10}  {(check.Ok ? "ok" : "DIFFERENT")}"));
        if (report.Start is null) return;
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"response files from {report.Start:yyyy-MM-ddTHH:mm:ss}Z on, {(report.Repeatable ? "the same each time" : "NOT the same each time")}"));
        foreach (var file in report.Files) Console.Out.WriteLine(ExpectedFiles.Line(file));
    }
}
