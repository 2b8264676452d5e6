using System.Globalization;
using System.Text;
using ClosedLoop.Data.Files;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Intake.Subscribers;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Model.Errors;
using ClosedLoop.Model.Files;

namespace ClosedLoop.Intake.Files;

/// <summary>
/// Step 3: imported. Recipients are written chunk by chunk into mailings nobody sees; the last transaction makes all of
/// them visible together with the file's state. What a crash leaves before that is removed and written again.
/// </summary>
public sealed partial class FileIntake
{
    private async Task ImportAsync(FileWork work, CancellationToken cancellation)
    {
        if (work.File.State != FileState.Validated) return;
        var validation = work.Validation!;
        await ledger.RemoveImportAsync(work.File.FileId);
        var targets = await CreateMailingsAsync(work, validation);
        try
        {
            await WriteRecipientsAsync(work, validation, targets, cancellation);
        }
        catch (InvalidDataException e)
        {
            await ledger.RemoveImportAsync(work.File.FileId);
            throw new IntakeFailure(FileState.FailedImport, FileStep.Import, ErrorCodes.E102, e.Message, e);
        }

        var groups = targets.Where(t => t is not null).Select(t => new FileGroupRow(t!.Mailing.MailingId, t.Group.Total, t.Group.Net)).ToList();
        await writer.WriteAsync(context =>
        {
            RecipientLedger.Publish(context, work.File.FileId);
            FileRegister.Imported(context, work.File.FileId, groups);
        });
        work.Validation = null;
        Reached(work);
    }

    private async Task<ImportTarget?[]> CreateMailingsAsync(FileWork work, FileValidation validation)
    {
        var targets = new ImportTarget?[validation.Groups.Count];
        foreach (var group in validation.Groups.Where(g => g.Net > 0))
        {
            var version = work.SourceVersions[group.SourceId];
            var row = await mailings.CreateAsync(new NewMailing
            {
                ClientId = work.Client.Id,
                ClientVersion = work.ClientVersion,
                SourceId = group.SourceId,
                SourceVersion = version,
                WaveId = group.WaveId,
                FileId = work.File.FileId,
                Name = NameOf(work.File, definitions.FindSource(group.SourceId, version)!.Value.Name, group.WaveId),
                Accepted = group.Net,
                Test = work.File.Test,
            });
            targets[group.Index] = new ImportTarget(group, row);
        }

        return targets;
    }

    private async Task WriteRecipientsAsync(FileWork work, FileValidation validation, ImportTarget?[] targets, CancellationToken cancellation)
    {
        await using var stream = await work.Zone.OpenAsync(work.Processing, work.File.Name, cancellation);
        var writing = Task.CompletedTask;
        foreach (var chunk in SubscribersImport.Read(stream, work.Client, validation, RecipientLedger.ImportChunk))
        {
            using (chunk) Distribute(chunk, targets);
            cancellation.ThrowIfCancellationRequested();

            // One chunk is read while the one before is written; more would only grow the queue.
            await writing;
            writing = Task.WhenAll(targets.Where(t => t is { Pending.Count: > 0 }).Select(t => FlushAsync(t!)));
        }

        await writing;
    }

    private static void Distribute(RecipientChunk chunk, ImportTarget?[] targets)
    {
        foreach (ref readonly var row in chunk.Rows)
        {
            targets[row.Group]!.Pending.Add(new ImportedRecipient(Encoding.UTF8.GetString(chunk.Address(row)), chunk.Fields(row).ToArray()));
        }
    }

    private Task FlushAsync(ImportTarget target)
    {
        var rows = target.Pending;
        var first = target.Next;
        target.Next += rows.Count;
        target.Pending = [];
        return ledger.ImportAsync(target.Mailing.MailingId, first, rows);
    }

    // <source name> <file timestamp> [wave], section 7.
    private static string NameOf(InboundFile file, string source, long? wave)
    {
        var when = FinalName.TryParse(file.Name, out var stamp) ? stamp.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : FinalName.BaseName(file.Name);
        var text = $"{source} {when}";
        return wave is { } number ? string.Create(CultureInfo.InvariantCulture, $"{text} [{number}]") : text;
    }

    private sealed class ImportTarget(FileGroup group, MailingRow mailing)
    {
        public FileGroup Group { get; } = group;

        public MailingRow Mailing { get; } = mailing;

        public List<ImportedRecipient> Pending { get; set; } = [];

        /// <summary>Sequence of the next recipient.</summary>
        public int Next { get; set; }
    }
}
