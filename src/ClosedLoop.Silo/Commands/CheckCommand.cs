using System.CommandLine;
using System.Globalization;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Privacy;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Intake.Products;
using ClosedLoop.Intake.Subscribers;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Definitions;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>check FILE</c>: reads recipient files, product files and orders as the server would and says everything that is wrong with them.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "Recipient files, product files and orders (NAME.xml); the ending of the name says which.", Arity = ArgumentArity.OneOrMore };
        var client = new Option<string?>("--client") { Description = "Key of a client of this installation whose contract applies." };
        var contract = new Option<string?>("--contract") { Description = "Folder or client.json with the contract; needs no installation." };
        var test = new Option<bool>("--test") { Description = "As files of the test folder: only addresses of the client's test list pass." };
        var account = new Option<string?>("--account") { Description = "account.json of the account whose groups, databases and filters orders name." };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("check", "Checks recipient files, product files and orders offline, with the server's own reader.") { files, client, contract, test, account, data, json };
        command.SetAction((parsed, cancellation) =>
        {
            var (definition, sources, blocked) = Contract(parsed.GetValue(client), parsed.GetValue(contract), () => SharedOptions.Settings(parsed.GetValue(data)));
            var orderAccount = OrderReport.Account(parsed.GetValue(account));
            var reports = new List<object>();
            var failed = false;
            foreach (var file in parsed.GetValue(files)!)
            {
                if (OrderReport.IsOrder(file))
                {
                    var order = OrderReport.Of(file, orderAccount, TimeProvider.System, cancellation);
                    reports.Add(order);
                    failed |= !order.Ok;
                }
                else
                {
                    var report = Report(file, definition, sources, blocked, parsed.GetValue(test), cancellation);
                    reports.Add(report);
                    failed |= !report.Ok;
                }
            }

            if (parsed.GetValue(json))
            {
                Output.WriteJson(new { schema = Output.Schema, files = reports });
            }
            else
            {
                foreach (var report in reports)
                {
                    if (report is OrderReport order) order.Print();
                    else Print((CheckReport)report);
                }
            }

            return Task.FromResult(failed ? ExitCode.InvalidData : ExitCode.Ok);
        });
        return command;
    }

    private static (ClientDefinition Client, IReadOnlyList<SourceMailing>? Sources, BlockedAddresses? Blocked) Contract(string? key, string? folder, Func<SiloSettings> settings)
    {
        if (folder is not null)
        {
            var path = File.Exists(folder) ? Path.GetDirectoryName(Path.GetFullPath(folder))! : folder;
            var set = DefinitionFolder.Read(path);
            if (key is null && set.Clients.Count > 1) throw new CommandException(ExitCode.Usage, $"CL2004: {folder} holds {set.Clients.Count} clients; name one with --client.");
            var chosen = set.Clients.FirstOrDefault(client => key is null || client.Key == key)
                ?? throw new CommandException(ExitCode.NotFound, $"CL2005: client '{key}' is not in {folder}.");
            return (chosen, set.Mailings.Count == 0 ? null : set.Mailings, null);
        }

        if (key is null) return (new ClientDefinition { Id = 1, Key = "default", Sender = new SenderSettings { Address = "nobody@invalid.example" } }, null, null);
        using var store = OfflineStore.Open(settings());
        var definitions = store.Get<DefinitionStore>();
        var found = definitions.FindClient(key) ?? throw new CommandException(ExitCode.NotFound, $"CL2005: client '{key}' is not in this installation; see closedloop apply.");
        return (found.Value, [.. definitions.Sources().Select(source => source.Value)], BlockedAddresses.Of(store.Get<Blocklist>(), store.Get<ErasedPeople>(), found.Value.Id));
    }

    private static CheckReport Report(
        string file, ClientDefinition client, IReadOnlyList<SourceMailing>? sources, BlockedAddresses? blocked, bool test, CancellationToken cancellation)
    {
        if (!File.Exists(file)) throw new CommandException(ExitCode.NotFound, $"CL2006: {file} does not exist.");
        if (ProductFileName.KindByEnding(Path.GetFileName(file)) is { } kind) return Report(file, ProductCheck.Run(file, kind, client, cancellation));
        var validation = SubscribersCheck.Run(file, client, sources, blocked, test, cancellation);
        return new CheckReport(
            file,
            !validation.Failed && validation.Problems.ErrorCount == 0,
            validation.Records,
            validation.Accepted,
            validation.Skipped,
            [.. validation.Groups.Select(group => new CheckGroup(group.SourceId, group.WaveId, group.Net))],
            Problems(validation.Problems),
            validation.Problems.LeftOut);
    }

    private static CheckReport Report(string file, ProductValidation validation) =>
        new(file, !validation.Failed, validation.Records, validation.Accepted, validation.Skipped, [], Problems(validation.Problems), validation.Problems.LeftOut);

    private static IReadOnlyList<CheckProblem> Problems(ProblemList problems) => [.. problems.Errors.Concat(problems.Warnings).Select(problem => new CheckProblem(
        problem.Code.Code, problem.Line, problem.Record, problem.Column, problem.Group, problem.Message, problem.Code.Hint))];

    private static void Print(CheckReport report)
    {
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{report.File}: {(report.Ok ? "ok" : "NOT OK")}: {report.Records} records, {report.Accepted} accepted, {report.Skipped} skipped"));
        foreach (var group in report.Groups) Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  source {group.Source} wave {group.Wave}: {group.Recipients} recipients"));
        foreach (var problem in report.Problems)
        {
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {problem.Code} line {problem.Line} column {problem.Column}: {problem.Message}"));
            Console.Out.WriteLine($"       hint: {problem.Hint}");
        }

        if (report.NotListed > 0) Console.Out.WriteLine($"  and {report.NotListed} more");
    }

    private sealed record CheckReport(
        string File, bool Ok, long Records, long Accepted, long Skipped, IReadOnlyList<CheckGroup> Groups, IReadOnlyList<CheckProblem> Problems, long NotListed);

    private sealed record CheckGroup(long Source, long? Wave, long Recipients);

    private sealed record CheckProblem(string Code, long Line, long Record, int Column, string? Group, string Message, string Hint);
}
