using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using ClosedLoop.Data.Files;
using ClosedLoop.Data.Privacy;
using ClosedLoop.Mail.Mime;
using ClosedLoop.Mail.Sink;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Hosting;
using ClosedLoop.Silo.Privacy;
using ClosedLoop.Silo.Proofs;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>recipients ls|show|message|resubscribe</c>.</summary>
internal static class RecipientsCommand
{
    public static Command Create()
    {
        var command = new Command("recipients", "Recipients of mailings, and the messages they got.");
        command.Subcommands.Add(Ls());
        command.Subcommands.Add(TraceCommand.Create("show", "What is known of one person; the same as closedloop trace."));
        command.Subcommands.Add(Message());
        command.Subcommands.Add(ResubscribeCommand.Create());
        return command;
    }

    private static Argument<long> Mailing() => new("MAILING") { Description = "Mailing id, see closedloop mailings ls." };

    private static Command Ls()
    {
        var mailing = Mailing();
        var state = new Option<string?>("--state") { Description = "Only those in this state: " + string.Join(", ", ProofText.States) + "." };
        state.AcceptOnlyFromAmong([.. ProofText.States]);
        var empty = SharedOptions.FailIfEmpty();
        var limit = new Option<int>("--limit") { Description = "Most rows.", DefaultValueFactory = _ => 100 };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("ls", "Lists recipients of a mailing with state and reason.") { mailing, state, limit, empty, data, json };
        command.SetAction((parsed, _) =>
        {
            using var store = OfflineStore.Open(SharedOptions.Settings(parsed.GetValue(data)));
            var wanted = parsed.GetValue(state) is { } name ? (RecipientState?)ProofText.States.ToList().IndexOf(name) : null;
            var rows = store.Get<PersonReader>().OfMailing(parsed.GetValue(mailing), wanted, parsed.GetValue(limit))
                .Select(row => new { row.Sequence, row.Address, State = ProofText.States[(int)row.State], row.Attempt, row.ReplyCode, row.Reason }).ToList();
            if (parsed.GetValue(json)) Output.WriteJson(new { schema = Output.Schema, recipients = rows });
            else foreach (var row in rows) Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Sequence,8}  {row.State,-10} {row.Address}  {row.Reason}"));
            return Task.FromResult(rows.Count > 0 ? ExitCode.Ok : parsed.GetValue(empty) ? ExitCode.NothingToDo : ExitCode.NotFound);
        });
        return command;
    }

    private static Command Message()
    {
        var mailing = Mailing();
        var address = new Argument<string>("ADDRESS") { Description = "The recipient." };
        var file = new Option<string?>("--out") { Description = "Where the message goes; standard output when not given." };
        var compare = new Option<string?>("--compare") { Description = "File with the message as it was sent; without it the sink's copy, when it has one." };
        var data = SharedOptions.Data();
        var command = new Command("message", "Makes a sent message again, and compares it octet by octet with a copy; exit code 0 or 6.") { mailing, address, file, compare, data };
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = SharedOptions.Settings(parsed.GetValue(data));
            var person = GdprCommand.Normalised(parsed.GetValue(address)!);
            var copy = Copy(settings, parsed.GetValue(compare), parsed.GetValue(mailing), person);
            var date = copy is null ? null : DateOf(copy);
            var made = await OperatorClient.PostJsonAsync(settings, "/people/message", new MessageRequest(parsed.GetValue(mailing), person, date), cancellation);
            if (parsed.GetValue(file) is { } path) AtomicFile.Write(path, stream => stream.Write(made));
            else await Console.OpenStandardOutput().WriteAsync(made, cancellation);
            await Console.Error.WriteLineAsync($"made again: {Hash(made)}");
            if (copy is null)
            {
                await Console.Error.WriteLineAsync("there is no copy to compare it with; Date is the second of its outcome, everything else as it was sent");
                return ExitCode.Ok;
            }

            await Console.Error.WriteLineAsync($"as sent:    {Hash(copy)}");
            return made.AsSpan().SequenceEqual(copy) ? ExitCode.Ok : throw new CommandException(ExitCode.InvalidData, "CL9614: the two differ: signing keys, Tracking:BaseUrl or Inbound:UnsubscribeDomain have changed since, or the copy was changed on its way.");
        });
        return command;
    }

    private static byte[]? Copy(SiloSettings settings, string? file, long mailing, string address)
    {
        if (file is not null) return File.Exists(file) ? File.ReadAllBytes(file) : throw new CommandException(ExitCode.NotFound, $"CL2006: {file} does not exist.");
        var ledger = SinkService.LedgerPath(settings);
        var start = string.Create(CultureInfo.InvariantCulture, $"<{mailing}.");
        var record = SinkLedger.Read(ledger).LastOrDefault(record => record.File is not null && record.MessageId?.StartsWith(start, StringComparison.Ordinal) == true && record.To.Contains(address, StringComparer.OrdinalIgnoreCase));
        return record is null ? null : SinkLedger.ReadMessage(ledger, record);
    }

    private static DateTimeOffset? DateOf(byte[] message) =>
        DateTimeOffset.TryParse(MimeMessage.Parse(message).Headers["Date"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;

    private static string Hash(byte[] message) => "SHA-256 " + Convert.ToHexStringLower(SHA256.HashData(message));
}
