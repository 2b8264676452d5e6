using System.Data.Common;
using ClosedLoop.Data;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model.Events;

namespace ClosedLoop.Responses.Export.Files;

/// <summary>Spec sections 17.6 to 17.9: what recipients did, one row each, none merged.</summary>
internal static class TrackedFiles
{
    private const string Sql =
        $"""
        SELECT m.link_base + e.sequence * $6 + e.link_ordinal AS link_id, e.mailing_id, m.recipient_base + e.sequence AS recipient_id, e.client_id,
            r.address, e.occurred_at, e.browser, e.platform, e.device
        FROM event e
        JOIN mailing m ON m.mailing_id = e.mailing_id
        JOIN recipient r ON r.mailing_id = e.mailing_id AND r.sequence = e.sequence
        WHERE e.client_id = $1 AND e.recorded > $2 AND e.recorded <= $3 AND e.kind = $4 AND e.automated = $5 AND {ExportPeriod.NoTest}
        ORDER BY e.occurred_at / 1000000, link_id, e.event_id
        """;

    public static void WriteClicks(DbConnection connection, ExportPeriod period, ExportCsvWriter output) =>
        WriteLinked(connection, period, TrackedEventKind.Click, output);

    public static void WriteOpens(DbConnection connection, ExportPeriod period, ExportCsvWriter output) =>
        WriteLinked(connection, period, TrackedEventKind.Open, output);

    public static void WriteAutomatedOpens(DbConnection connection, ExportPeriod period, ExportCsvWriter output)
    {
        using var statement = new Statement(connection, period.Sql(Sql));
        using var reader = Query(statement, period, TrackedEventKind.Open, automated: 1);
        while (reader.Read())
        {
            Keys(reader, output);
            output.Word("Apple Mail Privacy Protection"u8);
            output.Word("unknown"u8);
            output.EndRow();
        }
    }

    public static void WriteUnsubscribes(DbConnection connection, ExportPeriod period, ExportCsvWriter output)
    {
        using var statement = new Statement(connection, period.Sql(Sql));
        using var reader = Query(statement, period, TrackedEventKind.Unsubscribe, automated: 0);
        while (reader.Read())
        {
            Keys(reader, output);
            output.EndRow();
        }
    }

    private static void WriteLinked(DbConnection connection, ExportPeriod period, TrackedEventKind kind, ExportCsvWriter output)
    {
        using var statement = new Statement(connection, period.Sql(Sql));
        using var reader = Query(statement, period, kind, automated: 0);
        while (reader.Read())
        {
            output.Number(reader.GetInt64(0));
            Keys(reader, output);
            for (var i = 6; i <= 8; i++) output.Text(reader.IsDBNull(i) ? null : reader.GetString(i));
            output.EndRow();
        }
    }

    private static DbDataReader Query(Statement statement, ExportPeriod period, TrackedEventKind kind, int automated) =>
        statement.Query(period.ClientId, period.From, period.To, (int)kind, automated, MailingRow.LinksPerRecipient);

    private static void Keys(DbDataReader reader, ExportCsvWriter output)
    {
        for (var i = 1; i <= 3; i++) output.Number(reader.GetInt64(i));
        output.Text(reader.GetString(4));
        output.Time(reader.GetInt64(5));
    }
}
