using System.Data.Common;
using System.Globalization;
using ClosedLoop.Data.Ids;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Postgres;
using ClosedLoop.Model.Testing;

namespace ClosedLoop.Data.Ledger;

public sealed partial class RecipientLedger
{
    private const int RowsPerStatement = 50;

    private static readonly string InsertOne = InsertText(1);
    private static readonly string InsertMany = InsertText(RowsPerStatement);

    /// <summary>
    /// Writes one block of recipients into mailings that are being imported; at most <see cref="ImportBlock"/> rows. It is nothing before
    /// <see cref="Publish"/>, whose commit makes it last.
    /// </summary>
    /// <param name="block">The caller's, who must not touch it before the task has ended.</param>
    /// <param name="mailings">Mailing of each group of the block.</param>
    public Task ImportAsync(RecipientBlock block, IReadOnlyList<long> mailings)
    {
        ArgumentNullException.ThrowIfNull(block);
        ArgumentNullException.ThrowIfNull(mailings);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(block.Count, ImportBlock);
        return writer.WriteAheadAsync(context =>
        {
            RefuseRemoved(context, block, mailings);
            if (context.Kind == DatabaseKind.Postgres)
            {
                RecipientCopy.Insert(context, block, mailings);
                return;
            }

            // The rows of the ledger are all alike, so SQLite makes them by itself.
            var ledger = context.Native(
                """
                INSERT INTO ledger (mailing_id, sequence, state, attempt, due_at)
                SELECT mailing_id, sequence, 0, 0, 0 FROM recipient WHERE mailing_id = $1 AND sequence >= $2 AND sequence <= $3
                """);
            var rows = block.Rows;
            while (!rows.IsEmpty)
            {
                // A run of one group: its sequences follow each other.
                var length = 1;
                while (length < rows.Length && rows[length].Group == rows[0].Group) length++;
                var mailing = mailings[rows[0].Group];
                Insert(context, mailing, block, rows[..length]);
                KillSwitch.Reach(KillPoint.RowsHalfWritten);
                ledger.Bind(1, mailing);
                ledger.Bind(2, rows[0].Sequence);
                ledger.Bind(3, rows[length - 1].Sequence);
                ledger.Execute();
                rows = rows[length..];
            }
        });
    }

    /// <summary>A mailing that is gone was removed by whoever takes the file in now: rows written into it would belong to nothing.</summary>
    private static void RefuseRemoved(WriteContext context, RecipientBlock block, IReadOnlyList<long> mailings)
    {
        var groups = new HashSet<int>();
        foreach (var row in block.Rows)
        {
            if (groups.Add(row.Group) && context.Scalar("SELECT COUNT(*) FROM mailing WHERE mailing_id = $1 AND state = 0", mailings[row.Group]) == 0)
                throw new ImportOvertakenException(fileId: null);
        }
    }

    private static void Insert(WriteContext context, long mailing, RecipientBlock block, ReadOnlySpan<BlockRow> rows)
    {
        while (!rows.IsEmpty)
        {
            // Many rows a statement, because what a statement costs by itself is about what a row costs, and because SQLite finds
            // the place of a next row at once only while the statement lasts.
            var count = rows.Length >= RowsPerStatement ? RowsPerStatement : 1;
            var statement = context.Native(count == 1 ? InsertOne : InsertMany);
            statement.Bind(1, mailing);
            statement.Bind(2, rows[0].Sequence);
            for (var i = 0; i < count; i++)
            {
                statement.BindText((2 * i) + 3, block.Address(rows[i]));
                statement.BindBlob((2 * i) + 4, block.Fields(rows[i]));
            }

            statement.Execute();
            rows = rows[count..];
        }
    }

    private static string InsertText(int rows) => "INSERT INTO recipient (mailing_id, sequence, address, fields) VALUES "
        + string.Join(", ", Enumerable.Range(0, rows).Select(n => string.Create(CultureInfo.InvariantCulture, $"($1, $2 + {n}, ${(2 * n) + 3}, ${(2 * n) + 4})")));

    /// <summary>
    /// Removes what an import that did not reach its end has left: only mailings that are still being imported, block by
    /// block, the mailing last, so that an interrupted removal is found again.
    /// </summary>
    public async Task RemoveImportAsync(long fileId)
    {
        foreach (var mailingId in Importing(fileId))
        {
            while (await RemoveBlockAsync(mailingId).ConfigureAwait(false) > 0)
            {
                // The next block; other writes get their turn in between.
            }

            await writer.WriteAsync(context => context.Execute(
                "DELETE FROM mailing WHERE mailing_id = $1 AND state = 0 AND NOT EXISTS (SELECT 1 FROM inbound_file f WHERE f.file_id = mailing.file_id AND f.state = 10)", mailingId)).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Makes a file's mailings visible: all in the transaction of the caller, or none. Each gets its ids now, because only now it is known
    /// how many it needs.
    /// </summary>
    /// <param name="context">The transaction.</param>
    /// <param name="fileId">The file.</param>
    /// <param name="expected">Mailings that the caller has imported; null for whatever there is. When there are others, somebody else takes the file in, too.</param>
    /// <exception cref="ImportOvertakenException">There are others.</exception>
    public static void Publish(WriteContext context, long fileId, IEnumerable<long>? expected = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        foreach (var mailingId in Expect(context, fileId, expected)) PublishOne(context, mailingId);
    }

    /// <summary>The mailings of a file that nobody sees yet.</summary>
    /// <inheritdoc cref="Publish"/>
    public static IReadOnlyList<long> Expect(WriteContext context, long fileId, IEnumerable<long>? expected)
    {
        ArgumentNullException.ThrowIfNull(context);
        var importing = Importing(context.Connection, fileId);
        return expected is null || expected.Order().SequenceEqual(importing) ? importing : throw new ImportOvertakenException(fileId);
    }

    /// <summary>The same of one mailing; nothing happens to one that is visible already.</summary>
    public static void PublishOne(WriteContext context, long mailingId)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Scalar("SELECT COUNT(*) FROM mailing WHERE mailing_id = $1 AND state = 0", mailingId) == 0) return;

        // Sequences have no gaps, so the last one is the count.
        var accepted = context.Scalar("SELECT MAX(sequence) + 1 FROM ledger WHERE mailing_id = $1", mailingId);
        var ids = Math.Max(1, accepted);
        context.Execute(
            "UPDATE mailing SET state = 1, accepted = $2, recipient_base = $3, link_base = $4 WHERE mailing_id = $1",
            mailingId, accepted, IdSequence.Take(context, IdSequence.Recipient, ids), IdSequence.Take(context, IdSequence.Link, ids * MailingRow.LinksPerRecipient));
    }

    /// <summary>Removes the recipients of a mailing that is still being imported; the mailing stays.</summary>
    public async Task ClearImportAsync(long mailingId)
    {
        while (await RemoveBlockAsync(mailingId).ConfigureAwait(false) > 0)
        {
            // As in RemoveImportAsync.
        }
    }

    private Task<int> RemoveBlockAsync(long mailingId) => writer.WriteAsync(context =>
    {
        // Asked again in the transaction that deletes: a mailing published meanwhile keeps its recipients, and so does one whose file waits for approval by now.
        if (context.Scalar(
            "SELECT COUNT(*) FROM mailing m WHERE m.mailing_id = $1 AND m.state = 0 AND NOT EXISTS (SELECT 1 FROM inbound_file f WHERE f.file_id = m.file_id AND f.state = 10)", mailingId) == 0) return 0;
        var last = context.Scalar("SELECT MAX(sequence) FROM (SELECT sequence FROM ledger WHERE mailing_id = $1 ORDER BY sequence LIMIT $2) AS part", mailingId, ImportBlock);
        context.Execute("DELETE FROM recipient WHERE mailing_id = $1 AND sequence <= $2", mailingId, last);
        return context.Execute("DELETE FROM ledger WHERE mailing_id = $1 AND sequence <= $2", mailingId, last);
    });

    private List<long> Importing(long fileId)
    {
        using var connection = database.OpenRead();
        return Importing(connection, fileId);
    }

    private static List<long> Importing(DbConnection connection, long fileId)
    {
        using var statement = new Statement(connection, "SELECT mailing_id FROM mailing WHERE file_id = $1 AND state = 0 ORDER BY mailing_id");
        return statement.Numbers(fileId);
    }
}
