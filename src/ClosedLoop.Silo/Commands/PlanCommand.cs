using System.CommandLine;
using System.Globalization;
using ClosedLoop.Data.Clients;
using ClosedLoop.Model.Clients;
using ClosedLoop.Silo.Hosting;
using ClosedLoop.Silo.Planning;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>plan FILE</c>: what would become of a file, before anybody is mailed.</summary>
internal static class PlanCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A recipient file." };
        var client = new Option<string>("--client") { Description = "Key of the client.", Required = true };
        var folder = new Option<string?>("--out") { Description = "Folder for rendered samples: the first recipients, and the first of each column that is empty." };
        var samples = new Option<int>("--samples") { Description = "How many of the first recipients.", DefaultValueFactory = _ => 3 };
        var rows = new Option<double?>("--rows") { Description = "Guard rail: more or fewer recipients than the file before, in percent; without it the client's import.guards, or 30." };
        var empty = new Option<double?>("--empty") { Description = "Guard rail: more empty values in a column than in the file before, in points of a hundred; without it the client's import.guards, or 10." };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("plan", "Dry run of a recipient file against this installation; exit code 0, 6 for a file that would fail, 8 when a guard rail is crossed.") { file, client, folder, samples, rows, empty, data, json };
        command.SetAction((parsed, cancellation) =>
        {
            var path = parsed.GetValue(file)!;
            if (!File.Exists(path)) throw new CommandException(ExitCode.NotFound, $"CL2006: {path} does not exist.");
            var settings = SharedOptions.Settings(parsed.GetValue(data));
            using var store = OfflineStore.Open(settings);
            var definition = store.Get<DefinitionStore>().FindClient(parsed.GetValue(client)!) ?? throw new CommandException(ExitCode.NotFound, $"CL2005: client '{parsed.GetValue(client)}' does not exist.");
            var own = definition.Value.Import.Guards ?? new ImportGuards();
            var guards = new ImportGuards { RowsPercent = parsed.GetValue(rows) ?? own.RowsPercent, EmptyPoints = parsed.GetValue(empty) ?? own.EmptyPoints };
            var plan = new FilePlanner(store, definition.Value, guards, settings.Delivery.TwoPeopleInForceAbove).Run(path, parsed.GetValue(folder), Math.Max(0, parsed.GetValue(samples)), cancellation);
            if (parsed.GetValue(json)) Output.WriteJson(new { schema = Output.Schema, plan });
            else Print(plan);
            return Task.FromResult(plan.Rails.Count > 0 ? ExitCode.Refused : plan.Accepted == 0 ? ExitCode.InvalidData : ExitCode.Ok);
        });
        return command;
    }

    private static void Print(FilePlan plan)
    {
        var output = Console.Out;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{plan.File}: {plan.Records} records, {plan.Accepted} recipients, {plan.Skipped} skipped, {plan.Mailable} would be mailed"));
        foreach (var (code, count) in plan.LeftOut) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {code}  {count} left out"));
        foreach (var group in plan.Groups) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  mailing {group.Source} {group.Name}{(group.Wave is { } wave ? $" [{wave}]" : "")}: {group.Recipients}"));
        if (plan.Last is { } last)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"against {last.File}: {last.ChangePercent:+0.#;-0.#;±0} %, {last.New} new, {last.Gone} gone"));
            foreach (var (column, points) in last.Emptier) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {column}: {points} points more are empty"));
        }

        foreach (var problem in plan.Problems) output.WriteLine("  " + problem);
        foreach (var sample in plan.Samples) output.WriteLine("  " + sample);
        foreach (var rail in plan.Rails) Console.Error.WriteLine("CL9616: " + rail);
    }
}
