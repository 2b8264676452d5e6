using System.CommandLine;
using System.Globalization;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Optimove;
using ClosedLoop.Optimove;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>optimove status|register|cleanup|replay|drop|rotate</c>: the connector to Optimove.</summary>
internal static class OptimoveCommand
{
    public static Command Create()
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Only lists what would be removed." };
        var what = new Option<string>("--what") { Description = "dead-letters (attributes that Optimove refused), preferences (opt-ins and opt-outs that it refused) or in-doubt (results whose answer did not come; they may be counted twice).", Required = true };
        var reason = new Option<string>("--reason") { Description = "Why; kept in the audit.", Required = true };
        var command = new Command("optimove", "The connector to Optimove.");
        command.Subcommands.Add(Status());
        command.Subcommands.Add(Act("register", "Registers the listeners now, whatever time the next try was put off to.", [], _ => ""));
        command.Subcommands.Add(Act("cleanup", "Removes listeners of ours that nobody wants any more.", [dryRun], parsed => parsed.GetValue(dryRun) ? "?dryRun=true" : ""));
        command.Subcommands.Add(Act("replay", "Sends again what Optimove refused, or what is in doubt.", [what], parsed => "?what=" + Uri.EscapeDataString(parsed.GetValue(what)!)));
        command.Subcommands.Add(Act("drop", "Gives up what Optimove refused.", [reason], parsed => "?reason=" + Uri.EscapeDataString(parsed.GetValue(reason)!)));
        command.Subcommands.Add(Act("rotate", "Makes a new key for the listener address; the old one is good for 24 hours more.", [], _ => ""));
        return command;
    }

    private static Option<string> Client() => new("--client") { Description = "Key of the client.", Required = true };

    private static Command Act(string verb, string description, Option[] more, Func<ParseResult, string> query)
    {
        var client = Client();
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command(verb, description) { client, data, json };
        foreach (var option in more) command.Options.Add(option);
        command.SetAction((parsed, cancellation) => OperatorClient.PostAsync(
            SharedOptions.Settings(parsed.GetValue(data)), $"/clients/{Uri.EscapeDataString(parsed.GetValue(client)!)}/optimove/{verb}{query(parsed)}", parsed.GetValue(json), cancellation));
        return command;
    }

    private static Command Status()
    {
        var client = new Option<string?>("--client") { Description = "Key of the client; all connectors when not given." };
        var data = SharedOptions.Data();
        var set = SharedOptions.Set();
        var json = SharedOptions.Json();
        var command = new Command("status", "Shows state, listeners, campaigns and what waits.") { client, data, set, json };
        command.SetAction((parsed, _) =>
        {
            using var store = OfflineStore.Open(SharedOptions.Settings(parsed.GetValue(data), parsed.GetValue(set)));
            var reports = store.Get<ConnectorReports>().All();
            if (parsed.GetValue(client) is { } key)
            {
                if (store.Get<DefinitionStore>().FindClient(key) is null) throw new CommandException(ExitCode.NotFound, $"CL2005: client '{key}' does not exist.");
                reports = [.. reports.Where(report => report.Client == key)];
                if (reports.Count == 0) throw new CommandException(ExitCode.NotFound, $"CL9005: client '{key}' has no connector to Optimove.");
            }

            if (parsed.GetValue(json)) Output.WriteJson(new { schema = Output.Schema, connectors = reports });
            else if (reports.Count == 0) Console.Out.WriteLine("no client has a connector to Optimove");
            else foreach (var report in reports) Print(report);
            return Task.FromResult(ExitCode.Ok);
        });
        return command;
    }

    private static void Print(ConnectorReport report)
    {
        var culture = CultureInfo.InvariantCulture;
        Console.Out.WriteLine(FormattableString.Invariant($"{report.Client}: {report.State} since {report.Since:u} (version {report.Version}, registered {report.RegisteredVersion}) {report.Reason}").TrimEnd());
        Console.Out.WriteLine(string.Create(culture, $"  Optimove at {report.BaseUrl}, calls {report.ListenerUrl}; {report.Profiles} profiles"));
        if (report.NotAllowed.Count > 0) Console.Out.WriteLine($"  PERMISSION_ERROR: the key may not call {string.Join(", ", report.NotAllowed)}");
        foreach (var listener in report.Listeners) Console.Out.WriteLine(FormattableString.Invariant($"  listener {listener.EventType,2} channel {Channel(listener),-6} {listener.State,-10} {listener.Address} {listener.Reason}").TrimEnd());
        foreach (var campaign in report.Campaigns)
        {
            Console.Out.WriteLine(FormattableString.Invariant($"  campaign {campaign.Label} channel {campaign.ChannelId}: {campaign.State}, {campaign.Received} read, {campaign.Planned} planned, {campaign.Control} control, {campaign.UnknownUser} unknown, {campaign.Refused} refused, {campaign.Failed} failed, {campaign.Expired} late {campaign.Reason}").TrimEnd());
        }

        if (report.CallsNotUsed.Count > 0) Console.Out.WriteLine("  calls of the last hour without a message: " + string.Join(", ", report.CallsNotUsed.Select(each => string.Create(culture, $"{each.Value} {each.Key}"))));
        Console.Out.WriteLine("  results: " + (report.Results.Count == 0 ? "none" : string.Join(", ", report.Results.Select(result => string.Create(culture, $"{result.Value} {result.Key}")))));
        if (report.Preferences.Count > 0) Console.Out.WriteLine("  opt-ins and opt-outs: " + string.Join(", ", report.Preferences.Select(each => string.Create(culture, $"{each.Value} {each.Key}"))));
        Console.Out.WriteLine(FormattableString.Invariant($"  attributes: {report.AttributesWaiting} waiting, {report.DeadLetters} refused {string.Join("; ", report.NewestDeadLetters.Distinct().Take(5))}").TrimEnd());
    }

    private static string Channel(ListenerRow listener) => listener.ChannelId == 0 ? "all" : listener.ChannelId.ToString(CultureInfo.InvariantCulture);
}
