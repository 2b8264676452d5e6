using System.CommandLine;
using System.Globalization;
using ClosedLoop.Operations.Api;
using ClosedLoop.Operations.Reading;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>exports ls|show</c>: what the dashboard and the API tell of export runs; reads the database.</summary>
internal static class ExportsList
{
    public static Command List()
    {
        var client = new Option<string?>("--client") { Description = "Key of one client; all of them when not given." };
        var limit = new Option<int>("--limit") { Description = "Most runs.", DefaultValueFactory = _ => 100 };
        var empty = SharedOptions.FailIfEmpty();
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("ls", "Lists the latest export runs.") { client, limit, empty, data, json };
        command.SetAction((parsed, _) =>
        {
            using var store = OfflineStore.Open(SharedOptions.Settings(parsed.GetValue(data)));
            var only = parsed.GetValue(client) is { } key ? SharedOptions.ClientOf(store, key).Id : (long?)null;
            var exports = store.Get<ExportsReader>().Page(only, long.MaxValue, Math.Clamp(parsed.GetValue(limit), 1, 1000)).Items.Select(ApiShapes.Of).ToList();
            if (parsed.GetValue(json)) Output.WriteJson(new { schema = Output.Schema, exports });
            else foreach (var run in exports) Console.Out.WriteLine(Line(run));
            return Task.FromResult(SharedOptions.Listed(parsed, empty, exports.Count));
        });
        return command;
    }

    public static Command Show()
    {
        var id = new Argument<long>("RUN") { Description = "Number of the run, see closedloop exports ls." };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("show", "Shows an export run with rows, size and hash of its files.") { id, data, json };
        command.SetAction((parsed, _) =>
        {
            using var store = OfflineStore.Open(SharedOptions.Settings(parsed.GetValue(data)));
            var number = parsed.GetValue(id);
            var line = store.Get<ExportsReader>().Find(number) ?? throw new CommandException(ExitCode.NotFound, string.Create(CultureInfo.InvariantCulture, $"CL2011: export run {number} does not exist; see closedloop exports ls."));
            var export = ApiShapes.Of(line);
            if (parsed.GetValue(json))
            {
                Output.WriteJson(new { schema = Output.Schema, export });
                return Task.FromResult(ExitCode.Ok);
            }

            Console.Out.WriteLine(Line(export));
            foreach (var file in export.Files) Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {file.Name}  {file.Rows} rows, {file.Bytes} bytes  {file.Sha256}"));
            return Task.FromResult(ExitCode.Ok);
        });
        return command;
    }

    private static string Line(ApiExport run) => string.Create(
        CultureInfo.InvariantCulture,
        $"{run.Id,6}  {run.Client}  {run.Label}  {(run.Published ? "published" : "not published yet")}, up to {run.CutTo:u}, {run.Files.Sum(file => file.Rows)} rows in {run.Files.Count} files");
}
