using System.CommandLine;
using System.Globalization;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>mailings pause|resume|cancel</c>.</summary>
internal static class MailingsCommand
{
    public static Command Create()
    {
        var command = new Command("mailings", "Mailings.");
        command.Subcommands.Add(Act("pause", "Stops claiming recipients; whoever is being handed over is finished."));
        command.Subcommands.Add(Act("resume", "Goes on with a paused mailing."));
        command.Subcommands.Add(Act("cancel", "Ends a mailing; whoever still waits is cancelled."));
        return command;
    }

    private static Command Act(string verb, string description)
    {
        var id = new Argument<long>("ID") { Description = "Mailing id, see closedloop status." };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var reason = new Option<string?>("--reason") { Description = "Why; kept with the mailing." };
        var command = new Command(verb, description) { id, data, json };
        if (verb != "resume") command.Options.Add(reason);
        command.SetAction((parsed, cancellation) =>
        {
            var why = verb != "resume" && parsed.GetValue(reason) is { } text ? "?reason=" + Uri.EscapeDataString(text) : "";
            return OperatorClient.PostAsync(
                SharedOptions.Settings(parsed.GetValue(data)),
                string.Create(CultureInfo.InvariantCulture, $"/mailings/{parsed.GetValue(id)}/{verb}{why}"), parsed.GetValue(json), cancellation);
        });
        return command;
    }
}
