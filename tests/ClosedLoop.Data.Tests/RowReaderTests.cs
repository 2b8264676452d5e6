using System.Text;

namespace ClosedLoop.Data.Tests;

public class RowReaderTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Numbers_texts_octets_and_nulls_come_as_they_were_stored(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        var large = new byte[200_000];
        new Random(1).NextBytes(large);
        await test.Writer.WriteAsync(context =>
        {
            context.Execute("INSERT INTO recipient (mailing_id, sequence, address, fields) VALUES ($1, 0, $2, $3)", long.MaxValue, "zoë@example.org", Array.Empty<byte>());
            context.Execute("INSERT INTO recipient (mailing_id, sequence, address, fields) VALUES ($1, 1, '', $2)", long.MaxValue, large);
            context.Execute("INSERT INTO ledger (mailing_id, sequence, state, attempt, due_at, reason) VALUES ($1, 1, 5, 0, -7, NULL)", long.MaxValue);
        });
        using var connection = test.Database.OpenRead();
        using var reader = new RowReader(connection,
            "SELECT r.mailing_id, r.sequence, r.address, r.fields, l.due_at, l.reason FROM recipient r LEFT JOIN ledger l ON l.mailing_id = $1 AND l.sequence = r.sequence ORDER BY r.sequence",
            long.MaxValue, 0);
        Assert.True(reader.Read());
        Assert.Equal((long.MaxValue, 0), (reader.Int64(0), reader.Int32(1)));
        Assert.Equal("zoë@example.org", Encoding.UTF8.GetString(reader.Bytes(2)));
        Assert.True(reader.Bytes(3).IsEmpty);
        Assert.True(reader.IsNull(4));
        Assert.False(reader.IsNull(3));
        Assert.True(reader.Read());
        Assert.Equal(-7, reader.Int64(4));
        Assert.Equal(large, reader.Bytes(3).ToArray());
        Assert.True(reader.IsNull(5));
        Assert.True(reader.Bytes(5).IsEmpty);
        Assert.False(reader.Read());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Several_readers_go_on_beside_each_other_and_one_can_begin_anew(DatabaseKind kind)
    {
        await using var test = new TestDatabase(kind);
        var row = await test.ImportAsync(3_000);
        using var connection = test.Database.OpenRead();
        using var one = new RowReader(connection, "SELECT sequence FROM ledger WHERE mailing_id = $1 ORDER BY sequence", row.MailingId);
        using var other = new RowReader(connection, "SELECT sequence, address FROM recipient WHERE mailing_id = $1 AND sequence >= $2 ORDER BY sequence", row.MailingId, 0);
        for (var i = 0; i < 3_000; i++)
        {
            Assert.True(one.Read() && other.Read());
            Assert.Equal((i, i), (one.Int32(0), other.Int32(0)));
        }

        Assert.False(other.Read());
        using var later = new RowReader(connection, "SELECT sequence FROM ledger WHERE mailing_id = $1 ORDER BY sequence");
        Assert.False(later.Read());
        later.Restart(row.MailingId);
        Assert.True(later.Read());
        other.Restart(row.MailingId, 2_998);
        Assert.True(other.Read());
        Assert.Equal("r2998@example.org", Encoding.UTF8.GetString(other.Bytes(1)));
        other.Restart(row.MailingId, 5);
        Assert.True(other.Read());
        Assert.Equal(5, other.Int32(0));
    }
}
