using System.Buffers;
using System.Globalization;
using System.Text;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Data.Contacts;

public sealed partial class ContactStore
{
    private const int RowsPerStatement = 50;

    private static readonly string InsertOne = InsertText(1);
    private static readonly string InsertMany = InsertText(RowsPerStatement);

    /// <summary>
    /// Writes a block of rows with the code of their operation. Not waited for by the disk: what an operation has written is nothing before a later write records that it is complete.
    /// </summary>
    /// <param name="layout">The database.</param>
    /// <param name="block">Addresses and fields; the caller's, who must not touch it before the task has ended.</param>
    /// <param name="code">See <see cref="ContactCode"/>; 0 for rows of no operation.</param>
    /// <param name="supplied">For a database whose addresses are unique: places of the fields that the rows give, which alone change in a row that is there already. <c>null</c> for others.</param>
    /// <param name="with">Written in the same transaction.</param>
    public Task InsertAsync(ContactLayout layout, RecipientBlock block, long code, IReadOnlySet<int>? supplied, Action<WriteContext>? with = null)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(block);
        return writer.WriteAheadAsync(context =>
        {
            Insert(context, layout, block, code, supplied);
            with?.Invoke(context);
        });
    }

    private static void Insert(WriteContext context, ContactLayout layout, RecipientBlock block, long code, IReadOnlySet<int>? supplied)
    {
        if (block.Count == 0) return;
        var first = TakeIds(context, layout, block.Count);
        if (supplied is not null) InsertKeyed(context, layout, block, code, first, supplied);
        else if (context.Kind == DatabaseKind.Postgres) InsertPlain(context, layout, block, code, first);
        else InsertNative(context, layout, block, code, first);
    }

    private static long TakeIds(WriteContext context, ContactLayout layout, int count)
    {
        context.Execute("INSERT INTO contact_sequence (client_id, database_id, next) VALUES ($1, $2, 1) ON CONFLICT (client_id, database_id) DO NOTHING", layout.ClientId, layout.DatabaseId);
        return context.Scalar("UPDATE contact_sequence SET next = next + $3 WHERE client_id = $1 AND database_id = $2 RETURNING next - $3", layout.ClientId, layout.DatabaseId, count);
    }

    private static void InsertNative(WriteContext context, ContactLayout layout, RecipientBlock block, long code, long first)
    {
        var rows = block.Rows;
        for (var at = 0; at < rows.Length;)
        {
            var count = rows.Length - at >= RowsPerStatement ? RowsPerStatement : 1;
            var statement = context.Native(count == 1 ? InsertOne : InsertMany);
            statement.Bind(1, layout.ClientId);
            statement.Bind(2, layout.DatabaseId);
            statement.Bind(3, first + at);
            statement.Bind(4, code);
            for (var i = 0; i < count; i++) statement.BindBlob(i + 5, block.Fields(rows[at + i]));
            statement.Execute();
            at += count;
        }
    }

    private static void InsertPlain(WriteContext context, ContactLayout layout, RecipientBlock block, long code, long first)
    {
        var arguments = new object?[4 + RowsPerStatement];
        (arguments[0], arguments[1], arguments[3]) = (layout.ClientId, layout.DatabaseId, code);
        var rows = block.Rows;
        for (var at = 0; at < rows.Length;)
        {
            var count = rows.Length - at >= RowsPerStatement ? RowsPerStatement : 1;
            arguments[2] = first + at;
            for (var i = 0; i < count; i++) arguments[4 + i] = block.Fields(rows[at + i]).ToArray();
            context.Execute(count == 1 ? InsertOne : InsertMany, arguments.AsSpan(0, 4 + count));
            at += count;
        }
    }

    private static void InsertKeyed(WriteContext context, ContactLayout layout, RecipientBlock block, long code, long first, IReadOnlySet<int> supplied)
    {
        for (var i = 0; i < block.Count; i++)
        {
            var address = Encoding.UTF8.GetString(block.Address(block.Rows[i])).ToLowerInvariant();
            var fields = block.Fields(block.Rows[i]).ToArray();
            var row = context.Scalar("SELECT row_id FROM contact_key WHERE client_id = $1 AND database_id = $2 AND address = $3", layout.ClientId, layout.DatabaseId, address);
            if (row == 0)
            {
                context.Execute(InsertOne, layout.ClientId, layout.DatabaseId, first + i, code, fields);
                context.Execute(
                    "INSERT INTO contact_key (client_id, database_id, address, row_id, by_code) VALUES ($1, $2, $3, $4, $5)", layout.ClientId, layout.DatabaseId, address, first + i, code);
                continue;
            }

            // What the row was is kept once: a second row of the same address in one operation changes what the first one wrote.
            context.Execute(
                """
                UPDATE contact_key SET by_code = $4, was_code = c.code, was_fields = c.fields FROM contact c
                WHERE contact_key.client_id = $1 AND contact_key.database_id = $2 AND contact_key.address = $3 AND contact_key.by_code <> $4
                    AND c.client_id = $1 AND c.database_id = $2 AND c.row_id = contact_key.row_id
                """, layout.ClientId, layout.DatabaseId, address, code);
            context.Execute(
                "UPDATE contact SET code = $4, fields = $5 WHERE client_id = $1 AND database_id = $2 AND row_id = $3", layout.ClientId, layout.DatabaseId, row, code, Merged(context, layout, row, fields, supplied));
        }
    }

    /// <summary>The row with the values that were supplied in the place of its own.</summary>
    private static byte[] Merged(WriteContext context, ContactLayout layout, long row, byte[] fields, IReadOnlySet<int> supplied)
    {
        byte[] old;
        using (var reader = context.Statement("SELECT fields FROM contact WHERE client_id = $1 AND database_id = $2 AND row_id = $3").Query(layout.ClientId, layout.DatabaseId, row))
        {
            reader.Read();
            old = reader.GetFieldValue<byte[]>(0);
        }

        var count = layout.Names.Count;
        int[] oldStarts = new int[count], oldLengths = new int[count], starts = new int[count], lengths = new int[count];
        RecipientFields.Index(old, oldStarts, oldLengths);
        RecipientFields.Index(fields, starts, lengths);
        var output = new ArrayBufferWriter<byte>(old.Length + fields.Length);
        for (var i = 0; i < count; i++)
        {
            var (from, start, length) = supplied.Contains(i) ? (fields, starts[i], lengths[i]) : (old, oldStarts[i], oldLengths[i]);
            RecipientFields.Write(output, start < 0 ? default : from.AsSpan(start, length), isNull: start < 0);
        }

        return output.WrittenSpan.ToArray();
    }

    private static string InsertText(int rows) => "INSERT INTO contact (client_id, database_id, row_id, code, fields) VALUES "
        + string.Join(", ", Enumerable.Range(0, rows).Select(n => string.Create(CultureInfo.InvariantCulture, $"($1, $2, $3 + {n}, $4, ${n + 5})")));
}
