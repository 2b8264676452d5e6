using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Files;
using ClosedLoop.Data.Notices;
using ClosedLoop.Grains;
using ClosedLoop.Intake.Reports;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Files;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Intake.Files;

/// <summary>The three commands of an operator on a failed file (closed-loop spec section 6); each ends with the folder running again. Two of them also end the wait for an approval.</summary>
public sealed partial class FileIntake
{
    /// <summary>
    /// Nothing imported: the file goes back to <c>in/</c> and its next claim waives E103. Start failed: the file goes on at the failed
    /// step; recipients and copies are kept.
    /// </summary>
    public async Task<OperatorAnswer> RetryAsync(IDropZone zone, Versioned<ClientDefinition> client, long fileId)
    {
        ArgumentNullException.ThrowIfNull(zone);
        ArgumentNullException.ThrowIfNull(client);
        if (Refusal(client, fileId, out var file) is { } refusal) return refusal;
        if (file.IsHeld) return new(false, $"{file.Name} has not failed, it waits for approval: approve, replace or discard it");
        if (file.State == FileState.FailedImport)
        {
            if (await zone.ExistsAsync(file.Drop(), file.Name)) return new(false, $"{file.Name} is already in the drop folder; discard the failed file, and that one is taken");
            if (await LyingInErrorAsync(zone, file) is null) return new(false, $"{file.Name} is not in the error folder any more; discard it and upload it again");

            // Recorded first: if the process dies before the move, the restart ends it.
            await register.SendBackAsync(file.FileId);
            await GiveBackAsync(zone, file);
        }
        else
        {
            if (await LyingInErrorAsync(zone, file) is { } name) await zone.MoveAsync(ZoneFolder.Error, name, file.Drop().Claimed(), file.Name);
            await zone.DeleteAsync(ZoneFolder.Error, ErrorFile.NameFor(file.Name, file.Test));
            await register.ResumeAsync(file.FileId, file.Step == FileStep.Copy ? FileState.Imported : FileState.Copied);
        }

        await ResumeAsync(client.Value, file);
        return new(true, $"{file.Name} is taken up again");
    }

    /// <summary>A corrected file takes the failed one's name in <c>in/</c>; the failed one is archived.</summary>
    /// <param name="zone">The zone.</param>
    /// <param name="client">Its client.</param>
    /// <param name="fileId">The failed file.</param>
    /// <param name="path">The corrected file, on this machine.</param>
    public async Task<OperatorAnswer> ReplaceAsync(IDropZone zone, Versioned<ClientDefinition> client, long fileId, string path)
    {
        ArgumentNullException.ThrowIfNull(zone);
        ArgumentNullException.ThrowIfNull(client);
        if (Refusal(client, fileId, out var file) is { } refusal) return refusal;
        if (file.State == FileState.FailedStart) return new(false, "the recipients of this file are imported already; retry or discard it");
        if (!File.Exists(path)) return new(false, "the corrected file does not exist on the server");
        if (await zone.ExistsAsync(file.Drop(), file.Name)) return new(false, $"{file.Name} is already in the drop folder; discard the file before it, and that one is taken");
        if (file.IsHeld)
        {
            // Decided before the corrected file appears: as long as this one waits, another of its name is a repetition (E103).
            if (!await RejectAsync(zone, client, file, FileState.Replaced)) return DecidedMeanwhile(file);
            await PutCorrectedAsync(zone, file, path);
            return new(true, $"{file.Name} was replaced; the file that waited is in the archive");
        }

        await SetAsideAsync(zone, client, file);
        await PutCorrectedAsync(zone, file, path);
        await register.MoveAsync(file.FileId, FileState.Replaced, FileState.FailedImport);
        await ResumeAsync(client.Value, file);
        return new(true, $"{file.Name} was replaced; the failed file is in the archive");
    }

    /// <summary>The failed file is archived; copies that were not sent are cancelled.</summary>
    /// <param name="zone">The zone.</param>
    /// <param name="client">Its client.</param>
    /// <param name="fileId">The file.</param>
    /// <param name="tell">Why, for whom the client names to be told of problems; <c>null</c> to tell nobody.</param>
    public async Task<OperatorAnswer> DiscardAsync(IDropZone zone, Versioned<ClientDefinition> client, long fileId, string? tell = null)
    {
        ArgumentNullException.ThrowIfNull(zone);
        ArgumentNullException.ThrowIfNull(client);
        if (Refusal(client, fileId, out var file) is { } refusal) return refusal;
        var notice = tell is null ? null : Rejection(new FileWork(zone, client, file), tell);
        if (notice is { Addresses.Count: 0 }) return new(false, $"CL9585: client {client.Value.Key} names nobody to be told of problems (notify.to, notify.problemsTo); {file.Name} was not discarded");
        if (file.IsHeld) return await RejectAsync(zone, client, file, FileState.Discarded, notice) ? new(true, $"{file.Name} was discarded; nothing of it is imported{Told(notice)}") : DecidedMeanwhile(file);
        var unsent = mailings.OfFile(file.FileId).Where(m => m.State == MailingState.Prepared).ToList();
        foreach (var mailing in unsent) await switchboard.CancelMailingAsync(mailing.MailingId, "the file was discarded by an operator");
        await SetAsideAsync(zone, client, file);
        if (!await register.DiscardAsync(file.FileId, notice)) return DecidedMeanwhile(file);
        await ResumeAsync(client.Value, file);
        return new(true, (unsent.Count == 0 ? $"{file.Name} was discarded" : FormattableString.Invariant($"{file.Name} was discarded, {unsent.Count} unsent copies cancelled")) + Told(notice));
    }

    private OperatorAnswer? Refusal(Versioned<ClientDefinition> client, long fileId, out InboundFile file)
    {
        file = register.Find(fileId)!;
        if (file is null || file.ClientId != client.Value.Id) return NoSuchFile(client, fileId);
        return file.IsFailed || file.IsHeld ? null : new(false, $"{file.Name} is {StatusText.NameOf(file.State)}; only a failed file can be retried, replaced or discarded");
    }

    private static string Told(NewNotice? notice) => notice is null ? "" : FormattableString.Invariant($"; {notice.Addresses.Count} told why by mail");

    private static OperatorAnswer DecidedMeanwhile(InboundFile file) => new(false, $"somebody else has decided on {file.Name} meanwhile");

    private static Task PutCorrectedAsync(IDropZone zone, InboundFile file, string path) => zone.PutAsync(file.Drop(), file.Name, stream =>
    {
        using var corrected = File.OpenRead(path);
        corrected.CopyTo(stream);
    });

    private static async Task GiveBackAsync(IDropZone zone, InboundFile file)
    {
        if (await LyingInErrorAsync(zone, file) is not { } name) return;
        await zone.DeleteAsync(ZoneFolder.Error, ErrorFile.NameFor(file.Name, file.Test));
        await zone.MoveAsync(ZoneFolder.Error, name, file.Drop(), file.Name);
    }

    private static async Task SetAsideAsync(IDropZone zone, Versioned<ClientDefinition> client, InboundFile file)
    {
        if (await LyingInErrorAsync(zone, file) is not { } name) return;
        if (name != file.Name) await zone.MoveAsync(ZoneFolder.Error, name, ZoneFolder.Archive, name);
        else await MoveAwayAsync(new FileWork(zone, client, file), ZoneFolder.Error, ZoneFolder.Archive);
    }

    private static async Task<string?> LyingInErrorAsync(IDropZone zone, InboundFile file)
    {
        if (await zone.ExistsAsync(ZoneFolder.Error, NumberedName(file))) return NumberedName(file);
        return await zone.ExistsAsync(ZoneFolder.Error, file.Name) ? file.Name : null;
    }
}
