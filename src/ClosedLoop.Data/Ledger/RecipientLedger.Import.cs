namespace ClosedLoop.Data.Ledger;

public sealed partial class RecipientLedger
{
    /// <summary>Writes one chunk of a mailing that is being imported; at most <see cref="ImportChunk"/> rows.</summary>
    public Task ImportAsync(long mailingId, int firstSequence, IReadOnlyList<ImportedRecipient> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows.Count, ImportChunk);
        return writer.WriteAsync(context =>
        {
            var recipient = context.Statement("INSERT INTO recipient (mailing_id, sequence, address, fields) VALUES ($1, $2, $3, $4)");
            var ledger = context.Statement("INSERT INTO ledger (mailing_id, sequence, state, attempt, due_at) VALUES ($1, $2, 0, 0, 0)");
            for (var i = 0; i < rows.Count; i++)
            {
                recipient.Execute(mailingId, firstSequence + i, rows[i].Address, rows[i].Fields);
                ledger.Execute(mailingId, firstSequence + i);
            }
        });
    }

    /// <summary>
    /// Removes what an import that did not reach its end has left: only mailings that are still being imported, chunk by
    /// chunk, the mailing last, so that an interrupted removal is found again.
    /// </summary>
    public async Task RemoveImportAsync(long fileId)
    {
        foreach (var mailingId in Importing(fileId))
        {
            while (await RemoveChunkAsync(mailingId).ConfigureAwait(false) > 0)
            {
                // The next chunk; other writes get their turn in between.
            }

            await writer.WriteAsync(context => context.Execute("DELETE FROM mailing WHERE mailing_id = $1 AND state = 0", mailingId)).ConfigureAwait(false);
        }
    }

    /// <summary>Makes a file's mailings visible: all in the transaction of the caller, or none.</summary>
    public static void Publish(WriteContext context, long fileId)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Execute("UPDATE mailing SET state = 1 WHERE file_id = $1 AND state = 0", fileId);
    }

    private Task<int> RemoveChunkAsync(long mailingId) => writer.WriteAsync(context =>
    {
        // Asked again in the transaction that deletes: a mailing published meanwhile keeps its recipients.
        if (context.Scalar("SELECT COUNT(*) FROM mailing WHERE mailing_id = $1 AND state = 0", mailingId) == 0) return 0;
        var last = context.Scalar("SELECT MAX(sequence) FROM (SELECT sequence FROM ledger WHERE mailing_id = $1 ORDER BY sequence LIMIT $2)", mailingId, ImportChunk);
        context.Execute("DELETE FROM recipient WHERE mailing_id = $1 AND sequence <= $2", mailingId, last);
        return context.Execute("DELETE FROM ledger WHERE mailing_id = $1 AND sequence <= $2", mailingId, last);
    });

    private List<long> Importing(long fileId)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT mailing_id FROM mailing WHERE file_id = $1 AND state = 0");
        using var reader = statement.Query(fileId);
        var ids = new List<long>();
        while (reader.Read()) ids.Add(reader.GetInt64(0));
        return ids;
    }
}
