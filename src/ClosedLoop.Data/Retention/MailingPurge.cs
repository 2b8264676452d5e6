using ClosedLoop.Data.Lookup;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Data.Retention;

/// <summary>
/// Gives up what is known of mailings past their retention (closed-loop spec section 18): events, responses, recipients and their outcomes. The mailing, its sums
/// and what protects recipients stay. Every transaction removes a bounded number of rows, so that sending goes on meanwhile; a mailing that is begun is
/// found again after a restart by its mark.
/// </summary>
public sealed class MailingPurge(Database database, LedgerWriter writer, MailingStore mailings, TimeProvider time)
{
    /// <summary>Rows of each table that one transaction removes.</summary>
    public const int RowsPerTransaction = 2_000;

    private static readonly string[] ChannelTables = ["channel_message", "channel_receipt", "channel_outcome", "channel_doubt"];

    /// <summary>Mailings of a client that ended before a moment (microseconds) and are whole, and those whose removal was begun.</summary>
    public IReadOnlyList<long> Due(long clientId, long endedBefore) => Ids(
        "SELECT mailing_id FROM mailing WHERE client_id = $1 AND (purged = 1 OR (purged = 0 AND state IN (5, 6) AND finished_at < $2)) ORDER BY mailing_id", clientId, endedBefore);

    /// <summary>Mailings whose unsubscribe links end, too.</summary>
    public IReadOnlyList<long> StubsDue(long clientId, long endedBefore) =>
        Ids("SELECT mailing_id FROM mailing WHERE client_id = $1 AND purged = 2 AND finished_at < $2 ORDER BY mailing_id", clientId, endedBefore);

    /// <summary>Removes one mailing's rows, or goes on with it.</summary>
    /// <returns><c>false</c> when it was left alone: it is open again, or somebody of it has no outcome yet.</returns>
    public async Task<bool> RemoveAsync(long mailingId, CancellationToken cancellation)
    {
        if (!await BeginAsync(mailingId).ConfigureAwait(false)) return false;
        Func<WriteContext, int>[] steps = [context => RemoveRecipients(context, mailingId), context => RemoveResponses(context, mailingId), context => RemoveEvents(context, mailingId)];
        foreach (var step in steps)
        {
            while (await writer.WriteAsync(step).ConfigureAwait(false) > 0) cancellation.ThrowIfCancellationRequested();
        }

        await writer.WriteAsync(context => End(context, mailingId)).ConfigureAwait(false);
        return true;
    }

    /// <summary>Removes the addresses behind a mailing's unsubscribe links.</summary>
    public async Task RemoveStubsAsync(long mailingId, CancellationToken cancellation)
    {
        while (await writer.WriteAsync(context => RemoveStubs(context, mailingId)).ConfigureAwait(false) > 0) cancellation.ThrowIfCancellationRequested();
        await writer.WriteAsync(context => context.Execute("UPDATE mailing SET purged = 3 WHERE mailing_id = $1 AND purged = 2", mailingId)).ConfigureAwait(false);
    }

    /// <summary>Removes status mails that were settled before a moment (microseconds), what was found in files that were done with by then, and receipts about messages that nobody knows.</summary>
    /// <returns>How many rows.</returns>
    public async Task<int> RemoveRecordsAsync(long clientId, long before, CancellationToken cancellation)
    {
        var sum = 0;
        int removed;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            removed = await writer.WriteAsync(context => context.Execute(
                "DELETE FROM notice WHERE notice_id IN (SELECT notice_id FROM notice WHERE client_id = $1 AND state <> 0 AND created_at < $2 LIMIT $3)",
                clientId, before, RowsPerTransaction)).ConfigureAwait(false);
            removed += await writer.WriteAsync(context => context.Execute(
                """
                DELETE FROM file_problem WHERE file_id = (SELECT f.file_id FROM inbound_file f WHERE f.client_id = $1 AND f.state IN (5, 8, 9) AND f.recorded < $2
                    AND EXISTS (SELECT 1 FROM file_problem p WHERE p.file_id = f.file_id) LIMIT 1)
                """, clientId, before)).ConfigureAwait(false);
            removed += await writer.WriteAsync(context => context.Execute(
                """
                DELETE FROM channel_receipt WHERE (provider, provider_id, state) IN
                    (SELECT provider, provider_id, state FROM channel_receipt WHERE client_id = $1 AND mailing_id IS NULL AND recorded < $2 LIMIT $3)
                """, clientId, before, RowsPerTransaction)).ConfigureAwait(false);
            sum += removed;
        }
        while (removed > 0);
        return sum;
    }

    private List<long> Ids(string sql, params ReadOnlySpan<object?> arguments)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, sql);
        return statement.Numbers(arguments);
    }

    /// <summary>Sums first: from then on they stand for the rows, however many of these are left.</summary>
    private async Task<bool> BeginAsync(long mailingId)
    {
        var (mailing, totals) = Totals(mailingId);
        if (totals is null) return mailing is not null;
        var now = time.NowMicroseconds();
        return await writer.WriteAsync(context =>
        {
            // Asked again in the transaction: a resend may have opened the mailing since the rows were counted, and it will not any more after this.
            if (context.Execute(
                    "UPDATE mailing SET purged = 1, purged_at = $2 WHERE mailing_id = $1 AND purged = 0 AND state IN ($3, $4) AND resends = $5",
                    mailingId, now, (int)MailingState.Finished, (int)MailingState.Cancelled, mailing!.Resends) == 0) return false;
            for (var state = 0; state < totals.Length; state++)
            {
                if (totals[state] > 0) context.Execute("INSERT INTO mailing_total (mailing_id, state, recipients) VALUES ($1, $2, $3)", mailingId, state, totals[state]);
            }

            return true;
        }).ConfigureAwait(false);
    }

    /// <summary>No mailing when it must be left alone, no totals when it was begun already.</summary>
    private (MailingRow? Mailing, long[]? Totals) Totals(long mailingId)
    {
        var mailing = mailings.Find(mailingId);
        if (mailing is null || mailing.PurgedAt is not null) return (mailing, null);
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT state, COUNT(*) FROM ledger WHERE mailing_id = $1 GROUP BY state");
        using var reader = statement.Query(mailingId);
        var totals = new long[7];
        while (reader.Read()) totals[reader.GetInt32(0)] = reader.GetInt64(1);

        // A cancelled mailing may have somebody claimed whose outcome is still to come.
        return totals[0] + totals[1] > 0 ? (null, null) : (mailing, totals);
    }

    private static int RemoveRecipients(WriteContext context, long mailingId)
    {
        var last = context.Scalar("SELECT COALESCE(MAX(sequence), -1) FROM (SELECT sequence FROM ledger WHERE mailing_id = $1 ORDER BY sequence LIMIT $2) AS part", mailingId, RowsPerTransaction);
        if (last < 0) return 0;

        // Whoever may have a message in hand can still unsubscribe with it; who has done so already need not.
        context.Execute(
            """
            INSERT INTO unsubscribe_stub (mailing_id, sequence, address)
            SELECT r.mailing_id, r.sequence, r.address FROM recipient r
            JOIN mailing m ON m.mailing_id = r.mailing_id
            JOIN ledger l ON l.mailing_id = r.mailing_id AND l.sequence = r.sequence
            WHERE r.mailing_id = $1 AND r.sequence <= $2
                AND (l.state IN (2, 5) OR EXISTS (SELECT 1 FROM ledger_past p WHERE p.mailing_id = $1 AND p.sequence = r.sequence AND p.state IN (2, 5)))
                AND NOT EXISTS (SELECT 1 FROM suppression s WHERE s.client_id = m.client_id AND s.address = lower(r.address) AND s.kind = 1)
            """, mailingId, last);
        context.Execute("DELETE FROM recipient_content WHERE mailing_id = $1 AND sequence <= $2", mailingId, last);
        foreach (var table in ChannelTables) context.Execute($"DELETE FROM {table} WHERE mailing_id = $1 AND sequence <= $2", mailingId, last);
        AddressIndex.Remove(context, mailingId, last);
        context.Execute("DELETE FROM recipient WHERE mailing_id = $1 AND sequence <= $2", mailingId, last);
        context.Execute("DELETE FROM slice_run WHERE mailing_id = $1", mailingId);
        context.Execute("DELETE FROM ledger_past WHERE mailing_id = $1 AND sequence <= $2", mailingId, last);
        return context.Execute("DELETE FROM ledger WHERE mailing_id = $1 AND sequence <= $2", mailingId, last);
    }

    private static int RemoveResponses(WriteContext context, long mailingId)
    {
        var last = context.Scalar("SELECT COALESCE(MAX(sequence), -1) FROM (SELECT sequence FROM response WHERE mailing_id = $1 ORDER BY sequence LIMIT $2) AS part", mailingId, RowsPerTransaction);
        return last < 0 ? 0 : context.Execute("DELETE FROM response WHERE mailing_id = $1 AND sequence <= $2", mailingId, last);
    }

    private static int RemoveEvents(WriteContext context, long mailingId) =>
        context.Execute("DELETE FROM event WHERE event_id IN (SELECT event_id FROM event WHERE mailing_id = $1 LIMIT $2)", mailingId, RowsPerTransaction);

    private static int RemoveStubs(WriteContext context, long mailingId)
    {
        var last = context.Scalar("SELECT COALESCE(MAX(sequence), -1) FROM (SELECT sequence FROM unsubscribe_stub WHERE mailing_id = $1 ORDER BY sequence LIMIT $2) AS part", mailingId, RowsPerTransaction);
        return last < 0 ? 0 : context.Execute("DELETE FROM unsubscribe_stub WHERE mailing_id = $1 AND sequence <= $2", mailingId, last);
    }

    /// <summary>Content is stored once for all mailings that froze the same: it goes with the last of them, and so do its files.</summary>
    private static void End(WriteContext context, long mailingId)
    {
        context.Execute("UPDATE mailing SET purged = 2 WHERE mailing_id = $1 AND purged = 1", mailingId);
        var removed = context.Execute(
            """
            DELETE FROM content WHERE hash = (SELECT content_hash FROM mailing WHERE mailing_id = $1)
                AND NOT EXISTS (SELECT 1 FROM mailing o WHERE o.content_hash = content.hash AND o.purged < 2)
                AND NOT EXISTS (SELECT 1 FROM operation p WHERE p.content_hash = content.hash AND p.ended_at IS NULL)
            """, mailingId);

        // Attachments and pictures are named by their hash in what is frozen and in the definitions, which are kept: only with a content can the last name of a file go.
        if (removed == 0) return;
        var body = context.Kind == DatabaseKind.Postgres ? "convert_from(c.body, 'UTF8')" : "CAST(c.body AS TEXT)";
        context.Execute(
            $"""
            DELETE FROM file_content WHERE NOT EXISTS (SELECT 1 FROM content c WHERE {body} LIKE '%' || file_content.hash || '%')
                AND NOT EXISTS (SELECT 1 FROM source_mailing_version v WHERE v.definition LIKE '%' || file_content.hash || '%')
                AND NOT EXISTS (SELECT 1 FROM account_version v WHERE v.definition LIKE '%' || file_content.hash || '%')
            """);
    }
}
