using ClosedLoop.Data.Mailings;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Errors;
using ClosedLoop.Model.Files;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Testing;

namespace ClosedLoop.Intake.Files;

/// <summary>Steps 4 to 6: copied, started, archived.</summary>
public sealed partial class FileIntake
{
    /// <summary>
    /// Freezes each mailing's content, with what other servers hold of it. The ids were given with the import, so a repetition makes no second copy,
    /// and what is frozen is not fetched again.
    /// </summary>
    private async Task CopyAsync(FileWork work, CancellationToken cancellation)
    {
        if (work.File.State != FileState.Imported) return;
        using var run = content.StartRun();
        foreach (var mailing in mailings.OfFile(work.File.FileId))
        {
            if (mailing.ContentHash is not null) continue;
            var source = definitions.FindSource(mailing.SourceId, mailing.SourceVersion);
            var client = definitions.FindClient(mailing.ClientId, mailing.ClientVersion);
            if (source is null || client is null)
            {
                throw new IntakeFailure(
                    FileState.FailedStart, FileStep.Copy, ErrorCodes.E401, $"version {mailing.SourceVersion} of source mailing {mailing.SourceId} is not stored any more");
            }

            await FreezeAsync(run, mailing, source.Value, client.Value, cancellation);
        }

        await register.MoveAsync(work.File.FileId, FileState.Copied, FileState.Imported);
        Reached(work);
    }

    private async Task FreezeAsync(IContentRun run, MailingRow mailing, SourceMailing source, ClientDefinition client, CancellationToken cancellation)
    {
        try
        {
            var fetched = await run.FetchFilesAsync(source, client.Content, cancellation);
            var frozen = FrozenMailing.Of(source, client) with
            {
                Content = await run.FetchAsync(source, client.Content, cancellation),
                Attachments = [.. source.Attachments.Select((attachment, i) => attachment.File ?? fetched[i].File)],
                Products = await PinAsync(mailing, source, client),
            };
            await mailings.FreezeAsync(mailing.MailingId, frozen, [.. fetched.Values.Select(file => file.Content)]);
        }
        catch (ContentException e)
        {
            throw new IntakeFailure(FileState.FailedStart, FileStep.Copy, ErrorCodes.E404, $"source mailing {source.Id}: {e.Message}", e);
        }
    }

    private async Task<FrozenProducts?> PinAsync(MailingRow mailing, SourceMailing source, ClientDefinition client)
    {
        try
        {
            return await pins.PinAsync(mailing, source, client);
        }
        catch (InvalidDataException e)
        {
            throw new IntakeFailure(FileState.FailedStart, FileStep.Copy, ErrorCodes.E403, $"source mailing {source.Id}: {e.Message}", e);
        }
    }

    private async Task StartAsync(FileWork work)
    {
        if (work.File.State != FileState.Copied) return;
        foreach (var mailing in mailings.OfFile(work.File.FileId).Where(m => m.State == MailingState.Prepared))
        {
            await ScheduleAsync(work, mailing);
            KillSwitch.Reach(KillPoint.MailingNotTold);
            try
            {
                await switchboard.StartMailingAsync(mailing.MailingId);
            }
            catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or TimeoutException)
            {
                throw new IntakeFailure(
                    FileState.FailedStart, FileStep.Start, ErrorCodes.E405, $"mailing {mailing.MailingId} could not be handed to dispatch: {e.Message}", e);
            }
        }

        await register.MoveAsync(work.File.FileId, FileState.Started, FileState.Copied);
        Reached(work);
    }

    private async Task ArchiveAsync(FileWork work)
    {
        if (work.File.State != FileState.Started) return;
        await ReportAsync(work);
        await MoveAwayAsync(work, work.Processing, ZoneFolder.Archive);
        await register.MoveAsync(work.File.FileId, FileState.Archived, FileState.Started);
        Reached(work);
    }

    /// <summary>A move that a crash has interrupted has either happened or not; both are fine. A name that is taken gets the file's number.</summary>
    private static async Task MoveAwayAsync(FileWork work, ZoneFolder from, ZoneFolder to)
    {
        var name = await work.Zone.ExistsAsync(to, work.File.Name) ? NumberedName(work.File) : work.File.Name;
        await work.Zone.MoveAsync(from, work.File.Name, to, name);
    }

    private static string NumberedName(Data.Files.InboundFile file) =>
        FormattableString.Invariant($"{FinalName.BaseName(file.Name)}.{file.FileId}.csv");
}
