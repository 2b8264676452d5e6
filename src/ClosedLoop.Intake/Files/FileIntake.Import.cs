using System.Globalization;
using ClosedLoop.Data.Files;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Intake.Guards;
using ClosedLoop.Intake.Subscribers;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Model.Testing;

namespace ClosedLoop.Intake.Files;

/// <summary>
/// Step 3: imported. The one pass that validates also writes, block by block, into mailings nobody sees; the last transaction makes all of
/// them visible together with the file's state. What a fault of the file or a crash leaves before that is removed.
/// </summary>
public sealed partial class FileIntake
{
    private async Task<FileValidation> ReadAsync(FileWork work, List<FileGroupRow> groups, FileComparison? comparison, CancellationToken cancellation)
    {
        using var validator = new SubscribersValidator(
            work.Client, id => Judge(work, id), (source, wave) => register.WaveWasUsed(source, wave, work.File.FileId),
            BlockedAddresses.Of(blocklist, erased, work.Client.Id), work.File.Test);
        await using var stream = await work.Zone.OpenAsync(work.Processing, work.File.Name, cancellation);
        validator.Begin(stream);
        var mailingOf = new List<long>();
        using var one = new RecipientBlock();
        using var other = new RecipientBlock();
        var writing = Task.CompletedTask;
        try
        {
            var (block, next) = (one, other);
            while (true)
            {
                block.Clear();
                var more = validator.Read(block, RecipientLedger.ImportBlock, cancellation);
                if (comparison is not null)
                {
                    foreach (ref readonly var row in block.Rows) comparison.Add(block.Fields(row));
                }

                // One block is read while the one before is written; more would only grow the queue.
                await writing;
                if (block.Count > 0 && !validator.Failed)
                {
                    await CreateMailingsAsync(work, validator.Groups, mailingOf);
                    writing = ledger.ImportAsync(block, mailingOf);
                }

                KillSwitch.Reach(KillPoint.RowsHalfWritten);
                if (!more) break;
                (block, next) = (next, block);
            }

            await writing;
        }
        finally
        {
            // The blocks must outlive their writer, whatever ends the reading.
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        var validation = validator.End();
        groups.AddRange(mailingOf.Index().Where(each => each.Item != 0)
            .Select(each => new FileGroupRow(each.Item, validation.Groups[each.Index].Total, validation.Groups[each.Index].Net)));
        return validation;
    }

    /// <summary>A mailing for each group that has got its first recipient; 0 stands for a group without one.</summary>
    private async Task CreateMailingsAsync(FileWork work, IReadOnlyList<FileGroup> groups, List<long> mailingOf)
    {
        for (var i = 0; i < groups.Count; i++)
        {
            if (i == mailingOf.Count) mailingOf.Add(0);
            if (mailingOf[i] != 0 || groups[i].Net == 0) continue;
            var version = work.SourceVersions[groups[i].SourceId];
            var row = await mailings.CreateAsync(new NewMailing
            {
                ClientId = work.Client.Id,
                ClientVersion = work.ClientVersion,
                SourceId = groups[i].SourceId,
                SourceVersion = version,
                WaveId = groups[i].WaveId,
                FileId = work.File.FileId,
                Name = NameOf(work.File, definitions.FindSource(groups[i].SourceId, version)!.Value.Name, groups[i].WaveId),
                Test = work.File.Test,
                Channel = groups[i].Channel,
            });
            mailingOf[i] = row.MailingId;
        }
    }

    private async Task PublishAsync(FileWork work, List<FileGroupRow> groups)
    {
        await writer.WriteAsync(context =>
        {
            RecipientLedger.Publish(context, work.File.FileId, groups.Select(group => group.MailingId));
            FileRegister.Imported(context, work.File.FileId, groups);
        });

        // From here on the register knows the counts, and more of them than the reading did.
        work.Validation = null;
        Reached(work);
    }

    // <source name> <file timestamp> [wave], section 7.
    private static string NameOf(InboundFile file, string source, long? wave)
    {
        var when = FinalName.TryParse(file.Name, out var stamp) ? stamp.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : FinalName.BaseName(file.Name);
        var text = $"{source} {when}";
        return wave is { } number ? string.Create(CultureInfo.InvariantCulture, $"{text} [{number}]") : text;
    }
}
