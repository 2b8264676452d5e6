using System.CommandLine;
using System.Globalization;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>mailings ls|pause|resume|cancel|resend</c>.</summary>
internal static class MailingsCommand
{
    public static Command Create()
    {
        var command = new Command("mailings", "Mailings.");
        command.Subcommands.Add(MailingsList.Create());
        command.Subcommands.Add(Act("pause", "Stops claiming recipients; whoever is being handed over is finished."));
        command.Subcommands.Add(Act("resume", "Goes on with a paused mailing."));
        command.Subcommands.Add(Act("cancel", "Ends a mailing; whoever still waits is cancelled."));
        command.Subcommands.Add(Resend());
        return command;
    }

    private static Command Resend()
    {
        var id = new Argument<long>("ID") { Description = "Mailing id, see closedloop mailings ls." };
        var soft = new Option<bool>("--soft") { Description = "To those who bounced softly; so, too, when nothing is chosen." };
        var unknown = new Option<bool>("--unknown") { Description = "To those in doubt." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only says whom it would reach, and whom not and why." };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("resend", "Sends a finished mailing again to some of its recipients.") { id, soft, unknown, dryRun, data, json };
        command.SetAction((parsed, cancellation) =>
        {
            var onlyUnknown = parsed.GetValue(unknown) && !parsed.GetValue(soft);
            return OperatorClient.PostAsync(
                SharedOptions.Settings(parsed.GetValue(data)),
                string.Create(CultureInfo.InvariantCulture, $"/mailings/{parsed.GetValue(id)}/resend?soft={!onlyUnknown}&unknown={parsed.GetValue(unknown)}&dryRun={parsed.GetValue(dryRun)}"),
                parsed.GetValue(json), cancellation);
        });
        return command;
    }

    private static Command Act(string verb, string description)
    {
        var id = new Argument<long>("ID") { Description = "Mailing id, see closedloop mailings ls." };
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
