using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>mailings ls|show|pause|resume|cancel|resend|retry-failed|replay</c>.</summary>
internal static class MailingsCommand
{
    public static Command Create()
    {
        var command = new Command("mailings", "Mailings.");
        command.Subcommands.Add(MailingsList.Create());
        command.Subcommands.Add(MailingsShow.Create());
        command.Subcommands.Add(Act("pause", "Stops claiming recipients; whoever is being handed over is finished."));
        command.Subcommands.Add(Act("resume", "Goes on with a paused mailing."));
        command.Subcommands.Add(Act("cancel", "Ends a mailing; whoever still waits is cancelled."));
        command.Subcommands.Add(Resend());
        command.Subcommands.Add(RetryFailed());
        command.Subcommands.Add(Replay());
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
        var waiting = new Waiting();
        waiting.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = SharedOptions.Settings(parsed.GetValue(data));
            var onlyUnknown = parsed.GetValue(unknown) && !parsed.GetValue(soft);
            var code = await OperatorClient.PostAsync(
                settings,
                string.Create(CultureInfo.InvariantCulture, $"/mailings/{parsed.GetValue(id)}/resend?soft={!onlyUnknown}&unknown={parsed.GetValue(unknown)}&dryRun={parsed.GetValue(dryRun)}"),
                parsed.GetValue(json), cancellation);
            return parsed.GetValue(dryRun) ? code : await waiting.ForAsync(parsed, settings, parsed.GetValue(id), code, cancellation);
        });
        return command;
    }

    private static Command RetryFailed()
    {
        var id = new Argument<long>("ID") { Description = "Mailing id, see closedloop mailings ls." };
        var reason = new Option<string>("--reason") { Description = "Why; kept in the audit.", Required = true };
        var refused = new Option<bool>("--refused") { Description = "Also to those who were refused for good; without it only where the reason may pass." };
        var empty = SharedOptions.FailIfEmpty();
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("retry-failed", "Sends a finished mailing again to recipients it could not be sent to; whoever got it gets nothing.") { id, reason, refused, empty, data, json };
        var waiting = new Waiting();
        waiting.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = SharedOptions.Settings(parsed.GetValue(data));
            var answer = await OperatorClient.PostJsonAsync(
                settings, string.Create(CultureInfo.InvariantCulture, $"/mailings/{parsed.GetValue(id)}/retry-failed"), new { reason = parsed.GetValue(reason), refused = parsed.GetValue(refused) }, cancellation);
            var retried = JsonSerializer.Deserialize<Retried>(answer, JsonSerializerOptions.Web)!.Recipients;
            if (parsed.GetValue(json)) Output.WriteJson(new { schema = Output.Schema, recipients = retried });
            else Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{retried} recipients are sent to again"));
            return retried == 0 ? SharedOptions.Listed(parsed, empty, 0) : await waiting.ForAsync(parsed, settings, parsed.GetValue(id), ExitCode.Ok, cancellation);
        });
        return command;
    }

    private static Command Replay()
    {
        var id = new Argument<long>("ID") { Description = "Mailing id, see closedloop mailings ls." };
        var recipients = new Option<int>("--recipients") { Description = "How many, 1 to 1000, at equal distances through all of them.", DefaultValueFactory = _ => 20 };
        var reason = new Option<string?>("--reason") { Description = "Why; kept in the audit." };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("replay", "Puts messages of a mailing into the built-in sink once more, as a test; nobody gets mail and no number changes.") { id, recipients, reason, data, json };
        command.SetAction((parsed, cancellation) => OperatorClient.PostAsync(
            SharedOptions.Settings(parsed.GetValue(data)),
            string.Create(CultureInfo.InvariantCulture, $"/mailings/{parsed.GetValue(id)}/replay?recipients={parsed.GetValue(recipients)}{OperatorClient.ReasonIn(parsed.GetValue(reason))}"),
            parsed.GetValue(json), cancellation));
        return command;
    }

    private static Command Act(string verb, string description)
    {
        var id = new Argument<long>("ID") { Description = "Mailing id, see closedloop mailings ls." };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var reason = new Option<string?>("--reason") { Description = "Why; kept with the mailing." };
        var command = new Command(verb, description) { id, data, json };
        var (waiting, yes) = (new Waiting(), Consent.Yes());
        if (verb != "resume") command.Options.Add(reason);
        else waiting.AddTo(command);
        if (verb == "cancel") command.Options.Add(yes);
        command.SetAction(async (parsed, cancellation) =>
        {
            if (verb == "cancel") Consent.Ask(parsed, yes, string.Create(CultureInfo.InvariantCulture, $"Whoever still waits in mailing {parsed.GetValue(id)} will never get it. Cancel it?"));
            var settings = SharedOptions.Settings(parsed.GetValue(data));
            var why = verb != "resume" && parsed.GetValue(reason) is { } text ? "?reason=" + Uri.EscapeDataString(text) : "";
            var code = await OperatorClient.PostAsync(settings, string.Create(CultureInfo.InvariantCulture, $"/mailings/{parsed.GetValue(id)}/{verb}{why}"), parsed.GetValue(json), cancellation);
            return verb == "resume" ? await waiting.ForAsync(parsed, settings, parsed.GetValue(id), code, cancellation) : code;
        });
        return command;
    }

    private sealed record Retried(long Recipients);
}
