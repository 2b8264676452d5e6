using System.CommandLine;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>recipients resubscribe|reset-bounces</c>: what an operator can do for one person, as on the person's page.</summary>
internal static class PersonCommands
{
    public static Command Resubscribe() => Act(
        "resubscribe", "Takes an unsubscribe back, for somebody who asked for it; a connector to Optimove is told.", "unsubscribes/remove", "entry", "Who asked for it, and how; kept in the audit.", isReasonRequired: true);

    public static Command ResetBounces() => Act("reset-bounces", "Sets the bounce counters of an address back to 0.", "bounces/reset", "address", "Why; kept in the audit.", isReasonRequired: false);

    private static Command Act(string verb, string description, string route, string parameter, string why, bool isReasonRequired)
    {
        var address = new Argument<string>("ADDRESS") { Description = "The person's address." };
        var client = new Option<string>("--client") { Description = "Key of the client.", Required = true };
        var reason = new Option<string?>("--reason") { Description = why, Required = isReasonRequired };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command(verb, description) { address, client, reason, data, json };
        command.SetAction((parsed, cancellation) =>
        {
            var query = $"{parameter}={Uri.EscapeDataString(GdprCommand.Normalised(parsed.GetValue(address)!))}{(parsed.GetValue(reason) is { } text ? "&reason=" + Uri.EscapeDataString(text) : "")}";
            return OperatorClient.PostAsync(SharedOptions.Settings(parsed.GetValue(data)), $"/clients/{Uri.EscapeDataString(parsed.GetValue(client)!)}/{route}?{query}", parsed.GetValue(json), cancellation);
        });
        return command;
    }
}
