using System.CommandLine;
using System.Globalization;
using ClosedLoop.Data.Files;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
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
            var mailings = MailingStatus.Latest(store.Get<MailingStore>(), store.Get<RecipientLedger>(), 20);
            var addsUp = mailings.All(mailing => mailing.AddsUp);
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

    private static void Print(bool running, IReadOnlyList<InboundFile> files, IReadOnlyList<MailingStatus> mailings)
    {
        Console.Out.WriteLine(running ? "service: running" : "service: not running");
        Console.Out.WriteLine("files:");
        foreach (var file in files)
        {
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {file.FileId,6}  {file.State,-12} {file.Name}  {file.Records} records, {file.Imported} imported, {file.Skipped} skipped {file.Code}"));
        }

        Console.Out.WriteLine("mailings:");
        foreach (var mailing in mailings) Console.Out.WriteLine(mailing.Line());
    }
}
