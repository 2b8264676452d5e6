using ClosedLoop.Data.Files;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model.Files;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Commands;

/// <summary>Follows a file to its end and tells each state once; reads the database.</summary>
internal static class FileFollower
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <summary>Follows a file until it failed, waits for approval, was given up, or is done with.</summary>
    /// <param name="store">The database.</param>
    /// <param name="find">Looks for the file, which need not be registered yet.</param>
    /// <param name="everybody">Done with is when everybody has an outcome, too; otherwise when it is taken in.</param>
    /// <param name="cancellation">Ends the following.</param>
    public static async Task<FollowedFile> EndAsync(OfflineStore store, Func<FileRegister, InboundFile?> find, bool everybody, CancellationToken cancellation)
    {
        var (register, mailings, ledger) = (store.Get<FileRegister>(), store.Get<MailingStore>(), store.Get<RecipientLedger>());
        FileState? seen = null;
        var progress = new ProgressLine("sent", TimeProvider.System);
        while (true)
        {
            if (find(register) is { } file)
            {
                if (seen != file.State) await Console.Error.WriteLineAsync($"{file.State}: {file.Records} records, {file.Imported} imported, {file.Skipped} skipped{(file.Code is null ? "" : $"; {file.Code} {file.Message}")}");
                seen = file.State;
                var copies = mailings.OfFile(file.FileId);
                var followed = new FollowedFile(file, [.. copies.Select(copy => ledger.Count(copy.MailingId))], copies.Any(copy => copy.State == MailingState.Cancelled));
                if (file.State is FileState.Archived or FileState.Discarded && everybody) progress.Show(followed.Total - followed.Open, followed.Total);
                if (HasEnded(followed, everybody))
                {
                    progress.End();
                    return followed;
                }
            }

            await Task.Delay(Look, cancellation);
        }
    }

    private static bool HasEnded(FollowedFile followed, bool everybody) => followed.File.State switch
    {
        // Sent back for another try, and not taken up yet: the failure is the last one's.
        FileState.FailedImport => !followed.File.Retried,
        FileState.FailedStart or FileState.Replaced or FileState.AwaitingApproval => true,
        FileState.Archived or FileState.Discarded => !everybody || followed.Open == 0,
        _ => false,
    };
}
