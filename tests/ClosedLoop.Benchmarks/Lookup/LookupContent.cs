using System.Globalization;
using ClosedLoop.Data;

namespace ClosedLoop.Benchmarks.Lookup;

/// <summary>Mailings that have been sent; each person has one message in every one.</summary>
internal static class LookupContent
{
    public const int Mailings = 20;

    /// <summary>Rows one statement makes.</summary>
    private const int Part = 100_000;

    public static string Address(int person) => string.Create(CultureInfo.InvariantCulture, $"reader.{person}@example{person % 50}.org");

    public static async Task FillAsync(LedgerWriter writer, int rows)
    {
        var people = rows / Mailings;
        for (var m = 0; m < Mailings; m++)
        {
            var mailing = 71_000_000_002L + (m * 2);
            var recipientBase = 25_000_000_001L + ((long)m * people);
            await writer.WriteAsync(context =>
            {
                context.Execute(
                    """
                    INSERT INTO mailing (mailing_id, campaign_id, list_id, client_id, client_version, source_id, source_version, file_id, name, state, recipient_base, link_base, accepted, created_at, started_at, finished_at, started_recorded, finished_recorded)
                    VALUES ($1, $2, 1, 1, 1, 1, 1, 1, 'bench', 5, $3, 1, $4, 1, 1, 2, 1, 2)
                    """, mailing, mailing - 1, recipientBase, people);
            });
            for (var first = 0; first < people; first += Part)
            {
                var (from, to) = (first, Math.Min(people, first + Part));
                await writer.WriteAheadAsync(context =>
                {
                    var (numbers, octets) = context.Kind == DatabaseKind.Postgres
                        ? ("SELECT CAST(i AS bigint) AS i FROM generate_series(CAST($2 AS bigint), CAST($3 AS bigint) - 1) AS s(i)", "decode(repeat('00', 120), 'hex')")
                        : ("WITH RECURSIVE s(i) AS (SELECT $2 UNION ALL SELECT i + 1 FROM s WHERE i + 1 < $3) SELECT i FROM s", "zeroblob(120)");
                    context.Execute($"INSERT INTO recipient (mailing_id, sequence, address, fields) SELECT $1, n.i, 'reader.' || n.i || '@example' || (n.i % 50) || '.org', {octets} FROM ({numbers}) AS n", mailing, (long)from, (long)to);
                    context.Execute($"INSERT INTO ledger (mailing_id, sequence, state, attempt, due_at, done_at, recorded, reply_code) SELECT $1, n.i, 2, 1, 0, 1, 1, 250 FROM ({numbers}) AS n", mailing, (long)from, (long)to);
                });
            }
        }
    }
}
