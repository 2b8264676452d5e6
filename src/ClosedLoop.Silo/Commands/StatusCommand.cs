using System.CommandLine;
using System.Globalization;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Files;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Grains.Zones;
using ClosedLoop.Model;
using ClosedLoop.Silo.Configuration;
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
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = SharedOptions.Settings(parsed.GetValue(data));
            using var store = OfflineStore.Open(settings);
            var files = store.Get<FileRegister>().Latest(20);
            var mailings = MailingStatus.Latest(store.Get<MailingStore>(), store.Get<RecipientLedger>(), 20);
            var running = OperatorAccess.IsRunning(settings);
            var folders = running ? await FoldersAsync(store, settings, cancellation) : [];
            var checks = StandingChecks.Read(store);
            var addsUp = mailings.All(mailing => mailing.AddsUp) && checks.Violations == 0;
            if (parsed.GetValue(json))
            {
                Output.WriteJson(new { schema = Output.Schema, running, addsUp, checks, folders, files, mailings });
            }
            else
            {
                Console.Out.WriteLine(running ? "service: running" : "service: not running");
                checks.Print();
                Print(folders, files, mailings);
            }

            return addsUp ? ExitCode.Ok : ExitCode.Fatal;
        });
        return command;
    }

    private static async Task<List<FolderStatus>> FoldersAsync(OfflineStore store, SiloSettings settings, CancellationToken cancellation)
    {
        var folders = new List<FolderStatus>();
        foreach (var client in store.Get<DefinitionStore>().Clients())
        {
            if (!client.Value.Import.Enabled) continue;
            if (await OperatorClient.TryGetAsync<DropZoneStatus>(settings, $"/clients/{Uri.EscapeDataString(client.Value.Key)}/zone", cancellation) is not { } zone) continue;
            var wait = Instants.FromMicroseconds(zone.NextPoll) - DateTimeOffset.UtcNow;
            folders.Add(new FolderStatus(client.Value.Key, zone.Running, zone.Reason, (int)Math.Max(0, Math.Ceiling(wait.TotalSeconds)), zone.CurrentFile, zone.Waiting));
        }

        return folders;
    }

    private static void Print(List<FolderStatus> folders, IReadOnlyList<InboundFile> files, IReadOnlyList<MailingStatus> mailings)
    {
        if (folders.Count > 0) Console.Out.WriteLine("folders:");
        foreach (var folder in folders)
        {
            var state = !folder.Running ? $"stopped: {folder.Reason}" : folder.Reason is { } shortage ? $"takes nothing in: {shortage}" : folder.CurrentFile is { } file ? $"takes in {file}" : string.Create(CultureInfo.InvariantCulture, $"looked at again in {folder.NextLookSeconds} s");
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {folder.Client}  {state}, {folder.Waiting} waiting"));
        }

        Console.Out.WriteLine("files:");
        foreach (var file in files)
        {
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {file.FileId,6}  {file.State,-16} {file.Name}  {file.Records} records, {file.Imported} imported, {file.Skipped} skipped {file.Code}"));
        }

        Console.Out.WriteLine("mailings:");
        foreach (var mailing in mailings) Console.Out.WriteLine(mailing.Line());
    }

    private sealed record FolderStatus(string Client, bool Running, string? Reason, int NextLookSeconds, string? CurrentFile, int Waiting);
}
