using ClosedLoop.Data.Approvals;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Notices;
using ClosedLoop.Model;
using ClosedLoop.Model.Files;

namespace ClosedLoop.Data.Files;

/// <summary>
/// Files that wait for approval. Their recipients lie in mailings that are still being imported, which nobody can start, pause or see; approving is the
/// transaction that publishes them, so there is no moment in which they are half sent.
/// </summary>
public sealed partial class FileRegister
{
    /// <summary>Part of a transaction of its own: the file waits from here on, with what it holds.</summary>
    /// <param name="context">The transaction.</param>
    /// <param name="fileId">The file.</param>
    /// <param name="groups">Its mailings, not published.</param>
    /// <param name="crossed">The guard rails that it crosses, with figures.</param>
    /// <exception cref="ImportOvertakenException">Somebody else has taken the file in, or ended it.</exception>
    public static void Hold(WriteContext context, long fileId, IReadOnlyList<FileGroupRow> groups, FileProblem crossed)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(crossed);
        RecipientLedger.Expect(context, fileId, groups.Select(group => group.MailingId));
        if (!Move(context, fileId, FileState.AwaitingApproval, FileState.Validated)) throw new ImportOvertakenException(fileId);
        WriteGroups(context, fileId, groups);
        Warn(context, fileId, crossed);
        context.Execute("UPDATE inbound_file SET code = $2, message = $3 WHERE file_id = $1", fileId, crossed.Code.Code, crossed.Message);
    }

    /// <summary>Somebody says yes to a file; when that is enough, its mailings are published in the same transaction and it goes on as any other.</summary>
    /// <param name="context">The transaction.</param>
    /// <param name="fileId">The file.</param>
    /// <param name="approver">Who.</param>
    /// <param name="twoAbove">With more recipients it takes two people; 0 for never.</param>
    /// <param name="now">Microseconds.</param>
    public static ApprovalVerdict Approve(WriteContext context, long fileId, Approver approver, long twoAbove, long now)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Scalar("SELECT COUNT(*) FROM inbound_file WHERE file_id = $1 AND state = $2", fileId, (int)FileState.AwaitingApproval) == 0) return ApprovalVerdict.NotWaiting;
        var recipients = context.Scalar("SELECT COALESCE(SUM(net), 0) FROM file_group WHERE file_id = $1", fileId);
        var verdict = ApprovalStore.Give(context, SubjectOf(fileId), approver, twoAbove > 0 && recipients > twoAbove, now);
        if (verdict != ApprovalVerdict.Released) return verdict;
        RecipientLedger.Publish(context, fileId);
        context.Execute("UPDATE inbound_file SET imported = $2, code = NULL, message = NULL WHERE file_id = $1", fileId, recipients);
        Move(context, fileId, FileState.Imported, FileState.AwaitingApproval);
        return verdict;
    }

    /// <summary>A file that waited is given up, or makes room for another: nothing of it is imported. What it has written is removed afterwards.</summary>
    /// <param name="fileId">The file.</param>
    /// <param name="to">What becomes of it.</param>
    /// <param name="notice">Who is told of it in the same transaction; <c>null</c> for nobody.</param>
    /// <returns><c>false</c> when it does not wait any more.</returns>
    public Task<bool> RejectAsync(long fileId, FileState to, NewNotice? notice = null)
    {
        var now = time.NowMicroseconds();
        return writer.WriteAsync(context =>
        {
            if (!Move(context, fileId, to, FileState.AwaitingApproval)) return false;
            context.Execute("DELETE FROM file_group WHERE file_id = $1", fileId);
            ApprovalStore.Forget(context, SubjectOf(fileId));
            if (notice is not null) NoticeStore.Add(context, notice, now);
            return true;
        });
    }

    /// <summary>A client's files that wait for approval, oldest first.</summary>
    public IReadOnlyList<InboundFile> Held(long clientId) => Query("client_id = $1 AND state = 10 ORDER BY file_id", clientId);

    /// <summary>Files that were given up and whose rows are not all removed.</summary>
    public IReadOnlyList<InboundFile> WithRubble(long clientId) => Query(
        "client_id = $1 AND state IN (8, 9) AND EXISTS (SELECT 1 FROM mailing m WHERE m.file_id = inbound_file.file_id AND m.state = 0) ORDER BY file_id", clientId);

    /// <summary>What the audit and the approvals call a file.</summary>
    public static string SubjectOf(long fileId) => FormattableString.Invariant($"file/{fileId}");
}
