using System.CommandLine;
using System.Globalization;
using ClosedLoop.Data.Files;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>files</c>: inbound files and what an operator can do with one that failed or waits for approval.</summary>
internal static class FilesCommand
{
    public static Command Create()
    {
        var command = new Command("files", "Inbound files.");
        command.Subcommands.Add(List());
        command.Subcommands.Add(FilesShow.Create());
        command.Subcommands.Add(FilesRow.Create());
        command.Subcommands.Add(FilesCompare.Create());
        command.Subcommands.Add(Act("retry", "Takes a failed file up again.", path: null));
        command.Subcommands.Add(Approve());
        command.Subcommands.Add(Discard());
        command.Subcommands.Add(Act("replace", "Puts a corrected file in the place of one that failed or waits for approval.", new Argument<string>("PATH") { Description = "The corrected file." }));
        return command;
    }

    private static Command List()
    {
        var empty = SharedOptions.FailIfEmpty();
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("ls", "Lists the latest files.") { empty, data, json };
        command.SetAction((parsed, _) =>
        {
            using var store = OfflineStore.Open(SharedOptions.Settings(parsed.GetValue(data)));
            var files = store.Get<FileRegister>().Latest(100);
            if (parsed.GetValue(json))
            {
                Output.WriteJson(new { schema = Output.Schema, files });
            }
            else
            {
                foreach (var file in files)
                {
                    Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"{file.FileId,6}  {file.State,-16} {file.Name}  {file.Records} records, {file.Imported} imported, {file.Skipped} skipped {file.Code} {file.Message}"));
                }
            }

            return Task.FromResult(SharedOptions.Listed(parsed, empty, files.Count));
        });
        return command;
    }

    private static Command Approve()
    {
        var id = new Argument<long>("ID") { Description = "Number of the file, see closedloop files ls." };
        var reason = new Option<string>("--reason") { Description = "Why it is right as it is; stands in the audit.", Required = true };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var waiting = new FileWaiting();
        var command = new Command("approve", "Lets a file go on that waits because it crosses a guard rail.") { id, reason, data, json };
        waiting.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = SharedOptions.Settings(parsed.GetValue(data));
            var path = string.Create(CultureInfo.InvariantCulture, $"/files/{parsed.GetValue(id)}/approve?reason={Uri.EscapeDataString(parsed.GetValue(reason)!)}");
            var code = await OperatorClient.PostAsync(settings, path, parsed.GetValue(json), cancellation);
            return await waiting.ForAsync(parsed, settings, parsed.GetValue(id), "approve", code, cancellation);
        });
        return command;
    }

    private static Command Discard()
    {
        var id = new Argument<long>("ID") { Description = "Number of the file, see closedloop files ls." };
        var reason = new Option<string?>("--reason") { Description = "Why; kept in the audit, and what --tell tells." };
        var tell = new Option<bool>("--tell") { Description = "Mails the reason, once, to whom the client names for problems (notify.to, notify.problemsTo)." };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var (waiting, yes) = (new FileWaiting(), Consent.Yes());
        var command = new Command("discard", "Gives a file up that failed or waits for approval; its folder goes on.") { id, reason, tell, data, json };
        waiting.AddTo(command);
        command.Options.Add(yes);
        command.SetAction(async (parsed, cancellation) =>
        {
            var (why, file) = (parsed.GetValue(reason), parsed.GetValue(id));
            if (parsed.GetValue(tell) && string.IsNullOrWhiteSpace(why)) throw new CommandException(ExitCode.Usage, "CL2001: files discard --tell needs --reason: it is what is told.");
            Consent.Ask(parsed, yes, string.Create(CultureInfo.InvariantCulture, $"Nobody in file {file} will be mailed by it. Give it up?"));
            var settings = SharedOptions.Settings(parsed.GetValue(data));
            var path = string.Create(CultureInfo.InvariantCulture, $"/files/{file}/discard?tell={(parsed.GetValue(tell) ? "true" : "false")}{OperatorClient.ReasonIn(why)}");
            var code = await OperatorClient.PostAsync(settings, path, parsed.GetValue(json), cancellation);
            return await waiting.ForAsync(parsed, settings, file, "discard", code, cancellation);
        });
        return command;
    }

    private static Command Act(string verb, string description, Argument<string>? path)
    {
        var id = new Argument<long>("ID") { Description = "Number of the file, see closedloop files ls." };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command(verb, description) { id, data, json };
        var waiting = new FileWaiting();
        waiting.AddTo(command);
        if (path is not null) command.Arguments.Add(path);
        command.SetAction(async (parsed, cancellation) =>
        {
            var query = path is null ? "" : "?path=" + Uri.EscapeDataString(Path.GetFullPath(parsed.GetValue(path)!));
            var settings = SharedOptions.Settings(parsed.GetValue(data));
            var code = await OperatorClient.PostAsync(settings, string.Create(CultureInfo.InvariantCulture, $"/files/{parsed.GetValue(id)}/{verb}{query}"), parsed.GetValue(json), cancellation);
            return await waiting.ForAsync(parsed, settings, parsed.GetValue(id), verb, code, cancellation);
        });
        return command;
    }
}
