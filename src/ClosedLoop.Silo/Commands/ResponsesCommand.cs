using System.CommandLine;
using System.Globalization;
using ClosedLoop.Data.Inbound;
using ClosedLoop.Mail.Bounces;
using ClosedLoop.Model;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>responses</c>: what came back, the tray of mails that belong to no known message, and the bounce counters.</summary>
internal static class ResponsesCommand
{
    public static Command Create()
    {
        var command = new Command("responses", "Mail that came back.");
        command.Subcommands.Add(ResponsesList.Create());
        command.Subcommands.Add(Unmatched());
        command.Subcommands.Add(Show());
        command.Subcommands.Add(Reset());
        return command;
    }

    private static Command Unmatched()
    {
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var empty = SharedOptions.FailIfEmpty();
        var command = new Command("unmatched", "Lists mails that belong to no known message; they are kept until their retention is over.") { empty, data, json };
        command.SetAction((parsed, _) =>
        {
            using var store = OfflineStore.Open(SharedOptions.Settings(parsed.GetValue(data)));
            var mails = store.Get<InboundStore>().Unmatched(1000).Select(Line.Of).ToList();
            if (parsed.GetValue(json)) Output.WriteJson(new { schema = Output.Schema, mails });
            else foreach (var mail in mails) Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{mail.Id,6}  {mail.Received:yyyy-MM-dd HH:mm:ss}  {mail.Kind,-10}  {mail.Sender}  {mail.Subject}"));
            return Task.FromResult(SharedOptions.Listed(parsed, empty, mails.Count));
        });
        return command;
    }

    private static Command Show()
    {
        var id = new Argument<long>("ID") { Description = "Number of the mail, see closedloop responses unmatched." };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("show", "Shows what is known of a returned mail, then the mail itself.") { id, data, json };
        command.SetAction((parsed, _) =>
        {
            var settings = SharedOptions.Settings(parsed.GetValue(data));
            using var store = OfflineStore.Open(settings);
            var mail = store.Get<InboundStore>().Find(parsed.GetValue(id))
                ?? throw new CommandException(ExitCode.NotFound, $"CL8008: returned mail {parsed.GetValue(id)} does not exist; see closedloop responses unmatched.");
            var line = Line.Of(mail);
            if (parsed.GetValue(json))
            {
                Output.WriteJson(new { schema = Output.Schema, mail = line, raw = Raw(settings, mail) });
                return Task.FromResult(ExitCode.Ok);
            }

            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"mail {line.Id} of {line.Received:yyyy-MM-dd HH:mm:ss} by {line.Source}: {line.Kind}, {line.Outcome}, mailing {line.MailingId?.ToString(CultureInfo.InvariantCulture) ?? "-"}, recipient {line.Sequence?.ToString(CultureInfo.InvariantCulture) ?? "-"}"));
            Console.Out.WriteLine($"detail: {line.Detail}");
            Console.Out.WriteLine();
            Console.Out.Write(Raw(settings, mail) ?? "The mail itself is no longer kept." + Environment.NewLine);
            return Task.FromResult(ExitCode.Ok);
        });
        return command;
    }

    private static Command Reset()
    {
        var address = new Argument<string>("ADDRESS") { Description = "The recipient's address." };
        var client = new Option<string>("--client") { Description = "Key of the client whose counters are meant.", Required = true };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("reset", "Sets both bounce counters of an address to 0, so that it gets mail again.") { address, client, data, json };
        command.SetAction((parsed, cancellation) => OperatorClient.PostAsync(
            SharedOptions.Settings(parsed.GetValue(data)),
            $"/clients/{Uri.EscapeDataString(parsed.GetValue(client)!)}/bounces/reset?address={Uri.EscapeDataString(parsed.GetValue(address)!)}", parsed.GetValue(json), cancellation));
        return command;
    }

    /// <summary>Latin-1 keeps every octet a character: a mail may hold anything.</summary>
    private static string? Raw(SiloSettings settings, InboundMail mail)
    {
        var path = mail.Path is null ? null : Path.Combine(settings.InboundPath, mail.Path);
        return path is not null && File.Exists(path) ? File.ReadAllText(path, System.Text.Encoding.Latin1) : null;
    }

    private sealed record Line(long Id, DateTimeOffset Received, string Source, ReturnedMailKind Kind, InboundOutcome Outcome, long? MailingId, int? Sequence, string? Sender, string? Recipient, string? Subject, string? Detail, long Size)
    {
        public static Line Of(InboundMail mail) => new(
            mail.Id, Instants.FromMicroseconds(mail.ReceivedAt), mail.Source, (ReturnedMailKind)mail.Kind, mail.Outcome, mail.MailingId, mail.Sequence, mail.Sender, mail.Recipient, mail.Subject, mail.Detail, mail.Size);
    }
}
