using System.Security.Cryptography;
using ClosedLoop.Data.Files;
using ClosedLoop.Intake.Products;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Files;
using ClosedLoop.Model.Testing;

namespace ClosedLoop.Intake.Files;

/// <summary>Step 1: claimed.</summary>
public sealed partial class FileIntake
{
    /// <summary>Takes a file out of the drop folder and registers it with the hash of its content.</summary>
    /// <returns>Null when somebody else was faster.</returns>
    public async Task<InboundFile?> ClaimAsync(
        IDropZone zone, ClientDefinition client, string name, ZoneFolder? drop = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(zone);
        ArgumentNullException.ThrowIfNull(client);
        var from = drop ?? ProductFileName.FolderOf(name);
        KillSwitch.Reach(KillPoint.FileSeen);
        return await zone.ClaimAsync(from, name, cancellation) is { } entry ? await RegisterAsync(zone, client, entry, from, cancellation) : null;
    }

    /// <summary>
    /// After a restart: files that were claimed but not registered are registered, files that failed get the reports that
    /// are still missing, and what an operator's command had begun is ended. Files that wait for approval go on waiting.
    /// </summary>
    /// <returns>Files to go on with, oldest first.</returns>
    public async Task<IReadOnlyList<InboundFile>> RecoverAsync(
        IDropZone zone, Data.Clients.Versioned<ClientDefinition> client, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(zone);
        ArgumentNullException.ThrowIfNull(client);
        foreach (var file in register.InState(client.Value.Id, FileState.FailedImport))
        {
            if (file.Retried) await GiveBackAsync(zone, file);
        }

        foreach (var file in register.WithRubble(client.Value.Id)) await ledger.RemoveImportAsync(file.FileId);
        await RecoverClaimsAsync(zone, client, ZoneFolder.In, cancellation);
        if (client.Value.Import.Test) await RecoverClaimsAsync(zone, client, ZoneFolder.InTest, cancellation);
        return register.Unfinished(client.Value.Id);
    }

    private async Task RecoverClaimsAsync(IDropZone zone, Data.Clients.Versioned<ClientDefinition> client, ZoneFolder drop, CancellationToken cancellation)
    {
        foreach (var entry in await zone.ListAsync(drop.Claimed(), cancellation))
        {
            var latest = register.Named(client.Value.Id, entry.Name).FirstOrDefault(file => file.Test == drop.IsTest());
            if (latest is { IsFailed: true, Retried: false }) await FinishFailureAsync(new FileWork(zone, client, latest));
            else if (latest is { IsHeld: true }) await TellHeldAsync(new FileWork(zone, client, latest));
            else if (latest is not { IsUnfinished: true }) await RegisterAsync(zone, client.Value, entry, drop, cancellation);
        }
    }

    private async Task<InboundFile> RegisterAsync(IDropZone zone, ClientDefinition client, ZoneEntry entry, ZoneFolder drop, CancellationToken cancellation)
    {
        KillSwitch.Reach(KillPoint.FileClaimed);
        var hash = await HashAsync(zone, drop.Claimed(), entry.Name, cancellation);
        var file = await register.ClaimAsync(client.Id, entry.Name, hash, entry.Size, entry.Modified, drop.IsTest());
        KillSwitch.Reach(KillPoint.FileClaimed);
        LogClaimed(file.FileId, file.Name, file.Size);
        options.Reached?.Invoke(file.FileId, file.State);
        return file;
    }

    /// <summary>Empty when the file cannot be read: it is registered all the same, and fails with E102 where people see it.</summary>
    private static async Task<string> HashAsync(IDropZone zone, ZoneFolder processing, string name, CancellationToken cancellation)
    {
        try
        {
            await using var stream = await zone.OpenAsync(processing, name, cancellation);
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
