using System.CommandLine;
using System.Globalization;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Delivery;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Grains;
using ClosedLoop.Model;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>queues</c>: who waits for what, and holding a relay or a domain, or giving it another rate, for a time, and trying at once.</summary>
internal static class QueuesCommand
{
    private const int ReasonsShown = 20;

    public static Command Create()
    {
        var command = new Command("queues", "Ways out: what is held, who waits and why.");
        command.Subcommands.Add(List());
        command.Subcommands.Add(Suspend());
        command.Subcommands.Add(Resume());
        command.Subcommands.Add(Limit());
        command.Subcommands.Add(Lift());
        command.Subcommands.Add(QueuesTrace.Order());
        command.Subcommands.Add(QueuesTrace.List());
        command.Subcommands.Add(Flush());
        return command;
    }

    private static Command List()
    {
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var empty = SharedOptions.FailIfEmpty();
        var command = new Command("ls", "Lists held lanes, rates set for a time, and why recipients wait for a later time.") { empty, data, json };
        command.SetAction((parsed, _) =>
        {
            using var store = OfflineStore.Open(SharedOptions.Settings(parsed.GetValue(data)));
            var now = TimeProvider.System.NowMicroseconds();
            var held = store.Get<LaneStore>().All().Where(hold => hold.Until > now)
                .Select(hold => new HeldLane(hold.Name, Instants.FromMicroseconds(hold.Until), hold.Reason)).ToList();
            var limits = store.Get<LaneLimitStore>().All().Where(limit => limit.Until > now)
                .Select(limit => new LimitedLane(limit.Name, limit.PerSecond, Instants.FromMicroseconds(limit.Until), limit.Reason, limit.SetBy)).ToList();
            var ledger = store.Get<RecipientLedger>();
            var delays = store.Get<MailingStore>().InState(MailingState.Sending)
                .SelectMany(row => ledger.Delays(row.MailingId, ReasonsShown)
                    .Select(delay => new DelayedRecipients(row.MailingId, delay.Recipients, Instants.FromMicroseconds(delay.First), Instants.FromMicroseconds(delay.Last), delay.Reason)))
                .ToList();
            if (parsed.GetValue(json)) Output.WriteJson(new { schema = Output.Schema, held, limits, delays });
            else Print(held, limits, delays);
            return Task.FromResult(SharedOptions.Listed(parsed, empty, held.Count + limits.Count + delays.Count));
        });
        return command;
    }

    private static void Print(List<HeldLane> held, List<LimitedLane> limits, List<DelayedRecipients> delays)
    {
        Console.Out.WriteLine(held.Count == 0 ? "held: nothing" : "held:");
        foreach (var lane in held) Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {lane.Name}  until {lane.Until:u}  {lane.Reason}"));
        if (limits.Count > 0) Console.Out.WriteLine("rates set for a time:");
        foreach (var lane in limits) Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {lane.Name}  {lane.PerSecond} a second until {lane.Until:u}  {lane.Reason} ({lane.SetBy})"));
        Console.Out.WriteLine(delays.Count == 0 ? "delayed: nobody" : "delayed:");
        foreach (var delay in delays)
        {
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  mailing {delay.MailingId}: {delay.Recipients} recipients from {delay.First:u} to {delay.Last:u}: {delay.Reason}"));
        }
    }

    private static Command Suspend()
    {
        var length = new Option<string>("--for") { Description = "How long: 90s, 15m, 2h or 1d.", Required = true };
        var reason = new Option<string>("--reason") { Description = "Why; shown with everybody who waits.", Required = true };
        return Act("suspend", "Sends nothing to a client's relay, or to one recipient domain, for a time.", "hold", [length, reason], parsed =>
            string.Create(CultureInfo.InvariantCulture, $"&seconds={Seconds(parsed.GetValue(length)!)}&reason={Uri.EscapeDataString(parsed.GetValue(reason)!)}"));
    }

    private static Command Resume() =>
        Act("resume", "Opens a relay or a domain at once, whoever held it.", "open", [], _ => "");

    private static Command Limit()
    {
        var rate = new Option<double>("--per-second") { Description = "Messages a second, over all silos, in place of the client's definition.", Required = true };
        var length = new Option<string>("--for") { Description = "How long: 90s, 15m, 2h or 1d; then the definition's rate is back.", Required = true };
        var reason = new Option<string>("--reason") { Description = "Why; shown with everybody who waits.", Required = true };
        return Act("limit", "Raises or lowers the rate of a client's relay, or of one recipient domain, for a time.", "limit", [rate, length, reason], parsed =>
            string.Create(CultureInfo.InvariantCulture, $"&perSecond={parsed.GetValue(rate)}&seconds={Seconds(parsed.GetValue(length)!)}&reason={Uri.EscapeDataString(parsed.GetValue(reason)!)}"));
    }

    private static Command Lift() =>
        Act("lift", "Gives a relay or a domain the rate of the client's definition back.", "lift", [], _ => "");

    private static Command Flush()
    {
        var reason = new Option<string?>("--reason") { Description = "Why; kept in the audit." };
        return Act(
            "flush", "Tries everybody at once who waits for a later time; what holds or limits a relay or a domain goes on counting.", "flush", [reason],
            parsed => OperatorClient.ReasonIn(parsed.GetValue(reason)), SharedOptions.FailIfEmpty());
    }

    /// <param name="verb">Its name.</param>
    /// <param name="description">What it does.</param>
    /// <param name="route">What the service calls it.</param>
    /// <param name="more">Options besides client and domain.</param>
    /// <param name="query">What they come to.</param>
    /// <param name="failIfEmpty">For what may find nothing to do: that is no refusal, and of several clients one with something will do.</param>
    private static Command Act(string verb, string description, string route, Option[] more, Func<ParseResult, string> query, Option<bool>? failIfEmpty = null)
    {
        var client = new Option<string?>("--client") { Description = "Key of the client; every client when not given." };
        var domain = new Option<string?>("--domain") { Description = "Recipient domain; all mail when not given, for which --client must be." };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command(verb, description) { client, domain, data, json };
        foreach (var option in more) command.Options.Add(option);
        if (failIfEmpty is not null) command.Options.Add(failIfEmpty);
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = SharedOptions.Settings(parsed.GetValue(data));
            var where = (parsed.GetValue(domain) is { } name ? "domain=" + Uri.EscapeDataString(name) : "") + query(parsed);
            if (parsed.GetValue(client) is null && parsed.GetValue(domain) is null) throw new CommandException(ExitCode.Usage, $"CL2001: queues {verb} needs --client, --domain or both.");
            var answers = new List<OperatorAnswer>();
            foreach (var each in parsed.GetValue(client) is { } key ? [key] : Keys(settings)) answers.Add(await OperatorClient.AskAsync(settings, PathOf(each, route, where), cancellation));
            if (failIfEmpty is null) return OperatorClient.Print(Together(answers), parsed.GetValue(json));
            var found = answers.FindAll(answer => answer.Done);
            OperatorClient.Print(Together(found.Count > 0 ? found : [.. answers.Take(1)]), parsed.GetValue(json));
            return SharedOptions.Listed(parsed, failIfEmpty, found.Count);
        });
        return command;
    }

    private static OperatorAnswer Together(List<OperatorAnswer> answers) =>
        new(answers.TrueForAll(answer => answer.Done), string.Join(Environment.NewLine, answers.Select(answer => answer.Text)));

    private static string PathOf(string client, string route, string query) => $"/clients/{Uri.EscapeDataString(client)}/lanes/{route}?{query}";

    private static List<string> Keys(SiloSettings settings)
    {
        using var store = OfflineStore.Open(settings);
        return [.. store.Get<DefinitionStore>().Clients().Select(client => client.Value.Key)];
    }

    private static double Seconds(string text) =>
        Durations.TrySeconds(text) ?? throw new CommandException(ExitCode.Usage, $"CL2001: --for is '{text}'; expected a number and a unit, such as 90s, 15m, 2h or 1d.");

    private sealed record HeldLane(string Name, DateTimeOffset Until, string Reason);

    private sealed record LimitedLane(string Name, double PerSecond, DateTimeOffset Until, string Reason, string SetBy);

    private sealed record DelayedRecipients(long MailingId, long Recipients, DateTimeOffset First, DateTimeOffset Last, string Reason);
}
