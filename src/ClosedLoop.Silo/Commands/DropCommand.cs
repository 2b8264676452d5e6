using System.CommandLine;
using System.Globalization;
using ClosedLoop.Data.Clients;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Files;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>drop FILE --client C</c>: puts a file into the client's folder the safe way, and follows it.</summary>
internal static class DropCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A recipient file; one without a final name gets the name of this moment." };
        var client = new Option<string>("--client") { Description = "Key of the client.", Required = true };
        var test = new Option<bool>("--test") { Description = "Into the test folder." };
        var wait = new Option<bool>("--wait") { Description = "Waits until everybody has an outcome; without it until the file is taken in." };
        var timeout = SharedOptions.TimeOut("How long to follow it");
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("drop", "Drops a file under a temporary name, renames it and follows it; exit code 0, 6 when it fails, 8 when it waits for approval.") { file, client, test, wait, timeout, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = SharedOptions.Settings(parsed.GetValue(data));
            var path = parsed.GetValue(file)!;
            if (!File.Exists(path)) throw new CommandException(ExitCode.NotFound, $"CL2006: {path} does not exist.");
            using var store = OfflineStore.Open(settings);
            var definition = store.Get<DefinitionStore>().FindClient(parsed.GetValue(client)!) ?? throw new CommandException(ExitCode.NotFound, $"CL2005: client '{parsed.GetValue(client)}' does not exist.");
            var name = await PutAsync(settings, definition.Value, path, parsed.GetValue(test) ? ZoneFolder.InTest : ZoneFolder.In, cancellation);
            await Console.Error.WriteLineAsync($"dropped as {name}");
            if (!Operator.OperatorAccess.IsRunning(settings)) throw new CommandException(ExitCode.Temporary, "CL2008: no service runs here, so nobody takes it in yet; start it with closedloop serve.");
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(TimeSpan.FromSeconds(parsed.GetValue(timeout)));
            try
            {
                return await FollowAsync(store, definition.Value.Id, name, parsed.GetValue(wait), parsed.GetValue(json), limit.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                throw new CommandException(ExitCode.TimeOut, $"CL9617: {name} is not at its end after {parsed.GetValue(timeout)} seconds; it goes on without being watched.");
            }
        });
        return command;
    }

    /// <summary>Puts a file into a folder of a client under a temporary name and renames it.</summary>
    /// <returns>The final name.</returns>
    public static async Task<string> PutAsync(SiloSettings settings, ClientDefinition client, string path, ZoneFolder folder, CancellationToken cancellation)
    {
        if (folder == ZoneFolder.InTest && !client.Import.Test) throw new CommandException(ExitCode.Refused, $"CL9618: client {client.Key} has no test folder (import.test).");
        await using var zones = new DropZones(settings.DropPath, TimeProvider.System, NullLoggerFactory.Instance);
        var zone = zones.Open(client);
        var name = Path.GetFileName(path);
        for (var at = DateTime.Now; !FinalName.IsFinal(name) || await zone.ExistsAsync(folder, name, cancellation); at = at.AddSeconds(1))
            name = at.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) + FinalName.Suffix;

        // Under a temporary name, then renamed: nobody takes half a file.
        await zone.PutAsync(folder, name, target =>
        {
            using var source = File.OpenRead(path);
            source.CopyTo(target);
        }, cancellation);
        return name;
    }

    private static async Task<int> FollowAsync(OfflineStore store, long clientId, string name, bool wait, bool json, CancellationToken cancellation)
    {
        var end = await FileFollower.EndAsync(store, register => register.Named(clientId, name) is [var newest, ..] ? newest : null, wait, cancellation);
        var file = end.File;
        if (json) Output.WriteJson(new { schema = Output.Schema, file, sent = end.Counts.Sum(count => count.Sent), failed = end.Counts.Sum(count => count.Failed), suppressed = end.Counts.Sum(count => count.Suppressed), unknown = end.Counts.Sum(count => count.Unknown), open = end.Open });
        else Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file.FileId}  {file.State}  {name}"));
        if (file.IsHeld) return ExitCode.Refused;
        if (file.IsFailed) return ExitCode.InvalidData;
        return file.State == FileState.Archived ? ExitCode.Ok : ExitCode.Partial;
    }
}
