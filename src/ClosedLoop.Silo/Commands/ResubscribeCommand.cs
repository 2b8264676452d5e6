using System.CommandLine;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>recipients resubscribe ADDRESS</c>: takes an unsubscribe back, as on the person's page.</summary>
internal static class ResubscribeCommand
{
    public static Command Create()
    {
        var address = new Argument<string>("ADDRESS") { Description = "The person's address." };
        var client = new Option<string>("--client") { Description = "Key of the client.", Required = true };
        var reason = new Option<string>("--reason") { Description = "Who asked for it, and how; kept in the audit.", Required = true };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("resubscribe", "Takes an unsubscribe back, for somebody who asked for it; a connector to Optimove tells it.") { address, client, reason, data, json };
        command.SetAction((parsed, cancellation) => OperatorClient.PostAsync(
            SharedOptions.Settings(parsed.GetValue(data)),
            $"/clients/{Uri.EscapeDataString(parsed.GetValue(client)!)}/unsubscribes/remove?entry={Uri.EscapeDataString(GdprCommand.Normalised(parsed.GetValue(address)!))}&reason={Uri.EscapeDataString(parsed.GetValue(reason)!)}",
            parsed.GetValue(json), cancellation));
        return command;
    }
}
