using System.CommandLine;
using System.Globalization;
using ClosedLoop.Data.Files;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Silo.Hosting;
using ClosedLoop.Silo.Operator;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>status</c>: files and mailings with their reconciliation; reads the database, so it works without the service, too.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("status", "Files, mailings and whether the numbers add up.") { data, json };
        command.SetAction((parsed, _) =>
        {
            var settings = SharedOptions.Settings(parsed.GetValue(data));
            using var store = OfflineStore.Open(settings);
            var files = store.Get<FileRegister>().Latest(20);
            var ledger = store.Get<RecipientLedger>();
            var mailings = store.Get<MailingStore>().Latest(20).Select(row => MailingStatus.Of(row, ledger.Count(row.MailingId))).ToList();
            var addsUp = mailings.TrueForAll(mailing => mailing.AddsUp);
            if (parsed.GetValue(json))
            {
                Output.WriteJson(new { schema = Output.Schema, running = OperatorAccess.IsRunning(settings), addsUp, files, mailings });
            }
            else
            {
                Print(OperatorAccess.IsRunning(settings), files, mailings);
            }

            return Task.FromResult(addsUp ? ExitCode.Ok : ExitCode.Fatal);
        });
        return command;
    }

    private static void Print(bool running, IReadOnlyList<InboundFile> files, List<MailingStatus> mailings)
    {
        Console.Out.WriteLine(running ? "service: running" : "service: not running");
        Console.Out.WriteLine("files:");
        foreach (var file in files)
        {
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {file.FileId,6}  {file.State,-12} {file.Name}  {file.Records} records, {file.Imported} imported, {file.Skipped} skipped {file.Code}"));
        }

        Console.Out.WriteLine("mailings:");
        foreach (var mailing in mailings)
        {
            var counts = mailing.Counts;
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {mailing.Id}  {mailing.State,-9} accepted {mailing.Accepted} = waiting {counts.Waiting} + sending {counts.Sending} + sent {counts.Sent} + failed {counts.Failed} + suppressed {counts.Suppressed} + unknown {counts.Unknown} + cancelled {counts.Cancelled} {(mailing.AddsUp ? "✓" : $"✗ {mailing.Accepted - counts.Total} missing")}"));
        }
    }

    private sealed record MailingStatus(long Id, string Name, string State, DateTimeOffset? Started, DateTimeOffset? Finished, long Accepted, LedgerCounts Counts, bool AddsUp)
    {
        public static MailingStatus Of(MailingRow row, LedgerCounts counts) => new(
            row.MailingId, row.Name, row.State.ToString(),
            row.StartedAt is { } started ? Instants.FromMicroseconds(started) : null,
            row.FinishedAt is { } finished ? Instants.FromMicroseconds(finished) : null,
            row.Accepted, counts, counts.Total == row.Accepted);
    }
}
