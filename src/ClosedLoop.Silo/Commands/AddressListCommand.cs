using System.CommandLine;
using System.Globalization;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Model;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>blocklist ls|add|remove</c> and <c>untracked ls|add|remove</c>.</summary>
internal static class AddressListCommand
{
    public static Command Blocklist()
    {
        const string List = "blocklist";
        const string Entry = "An address, or a pattern: * is any run of characters, ? any one, a backslash takes the next one as it is.";
        var command = new Command(List, "Addresses that get no mail from a client.");
        command.Subcommands.Add(Ls((store, client) => store.Get<Blocklist>().All(client)));
        command.Subcommands.Add(Act(List, "add", Entry, "Adds an address or a pattern; it holds for whoever is not yet claimed.", withReason: true));
        command.Subcommands.Add(Act(List, "remove", Entry, "Takes an address or a pattern off, written as it was added.", withReason: false));
        return command;
    }

    public static Command Untracked()
    {
        const string List = "untracked";
        const string Entry = "An address.";
        var command = new Command(List, "Addresses whose opens and clicks are not kept.");
        command.Subcommands.Add(Ls((store, client) => store.Get<UntrackedList>().All(client)));
        command.Subcommands.Add(Act(List, "add", Entry, "Keeps nothing of an address from now on but that mail was sent.", withReason: true));
        command.Subcommands.Add(Act(List, "remove", Entry, "Keeps opens and clicks of an address again.", withReason: false));
        return command;
    }

    private static Option<string> Client() => new("--client") { Description = "Key of the client.", Required = true };

    private static Command Ls(Func<OfflineStore, long, IReadOnlyList<BlockEntry>> read)
    {
        var client = Client();
        var empty = SharedOptions.FailIfEmpty();
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("ls", "Lists the entries.") { client, empty, data, json };
        command.SetAction((parsed, _) =>
        {
            using var store = OfflineStore.Open(SharedOptions.Settings(parsed.GetValue(data)));
            var key = parsed.GetValue(client)!;
            var definition = store.Get<DefinitionStore>().FindClient(key) ?? throw new CommandException(ExitCode.NotFound, $"CL2005: client '{key}' does not exist.");
            var entries = read(store, definition.Value.Id)
                .Select(entry => new { entry.Entry, entry.Reason, Added = Instants.FromMicroseconds(entry.RecordedAt) }).ToList();
            if (parsed.GetValue(json)) Output.WriteJson(new { schema = Output.Schema, entries });
            else foreach (var entry in entries) Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{entry.Entry}  {entry.Added:yyyy-MM-dd HH:mm:ss}  {entry.Reason}"));
            return Task.FromResult(SharedOptions.Listed(parsed, empty, entries.Count));
        });
        return command;
    }

    private static Command Act(string list, string verb, string form, string description, bool withReason)
    {
        var entry = new Argument<string>("ENTRY") { Description = form };
        var client = Client();
        var reason = new Option<string?>("--reason") { Description = "Why; kept with the entry." };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command(verb, description) { entry, client, data, json };
        if (withReason) command.Options.Add(reason);
        command.SetAction((parsed, cancellation) =>
        {
            var why = withReason && parsed.GetValue(reason) is { } text ? "&reason=" + Uri.EscapeDataString(text) : "";
            return OperatorClient.PostAsync(SharedOptions.Settings(parsed.GetValue(data)),
                $"/clients/{Uri.EscapeDataString(parsed.GetValue(client)!)}/{list}/{verb}?entry={Uri.EscapeDataString(parsed.GetValue(entry)!)}{why}", parsed.GetValue(json), cancellation);
        });
        return command;
    }
}
