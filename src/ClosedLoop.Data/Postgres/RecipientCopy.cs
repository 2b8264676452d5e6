using System.Buffers;
using System.Buffers.Binary;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Model.Testing;
using Npgsql;

namespace ClosedLoop.Data.Postgres;

/// <summary>Recipients by COPY in its binary format, from the block as it is.</summary>
internal static class RecipientCopy
{
    private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xFF, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>Writes all rows of a block, then their rows of the ledger.</summary>
    public static void Insert(WriteContext context, RecipientBlock block, IReadOnlyList<long> mailings)
    {
        if (block.Count == 0) return;
        var output = new ArrayBufferWriter<byte>(block.Position + (block.Count * 40) + Header.Length);
        output.Write(Header);
        foreach (ref readonly var row in block.Rows)
        {
            Put(output, (short)4);
            PutNumber(output, mailings[row.Group]);
            PutNumber(output, row.Sequence);
            PutBytes(output, block.Address(row));
            PutBytes(output, block.Fields(row));
        }

        Put(output, (short)-1);
        using (var stream = ((NpgsqlConnection)context.Connection).BeginRawBinaryCopy("COPY recipient (mailing_id, sequence, address, fields) FROM STDIN (FORMAT BINARY)"))
            stream.Write(output.WrittenSpan);
        KillSwitch.Reach(KillPoint.RowsHalfWritten);

        // The rows of the ledger are all alike; those of one group follow each other.
        var rows = block.Rows;
        while (!rows.IsEmpty)
        {
            var length = 1;
            while (length < rows.Length && rows[length].Group == rows[0].Group) length++;
            context.Execute(
                "INSERT INTO ledger (mailing_id, sequence, state, attempt, due_at) SELECT $1, n, 0, 0, 0 FROM generate_series($2, $3) n",
                mailings[rows[0].Group], rows[0].Sequence, rows[length - 1].Sequence);
            rows = rows[length..];
        }
    }

    private static void PutNumber(ArrayBufferWriter<byte> output, long value)
    {
        var span = output.GetSpan(12);
        BinaryPrimitives.WriteInt32BigEndian(span, sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(span[4..], value);
        output.Advance(12);
    }

    private static void PutBytes(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> value)
    {
        BinaryPrimitives.WriteInt32BigEndian(output.GetSpan(4), value.Length);
        output.Advance(4);
        output.Write(value);
    }

    private static void Put(ArrayBufferWriter<byte> output, short value)
    {
        BinaryPrimitives.WriteInt16BigEndian(output.GetSpan(2), value);
        output.Advance(2);
    }
}
