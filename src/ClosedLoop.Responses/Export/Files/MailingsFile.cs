using System.Data.Common;
using ClosedLoop.Data;

namespace ClosedLoop.Responses.Export.Files;

/// <summary>Spec section 17.3: mailings that started or finished in the period.</summary>
internal static class MailingsFile
{
    private const string Sql =
        $"""
        SELECT m.mailing_id, m.campaign_id, m.client_id, m.list_id, m.started_at,
            CASE WHEN m.finished_recorded <= $3 THEN m.finished_at ELSE
                (SELECT CASE WHEN x.reopened > $3 THEN x.finished_at END FROM mailing_past x
                 WHERE x.mailing_id = m.mailing_id AND x.finished_recorded <= $3 ORDER BY x.reopened DESC LIMIT 1) END
        FROM mailing m WHERE {ExportPeriod.ListsMailing}
        ORDER BY m.started_at / 1000000, m.mailing_id
        """;

    public static void Write(DbConnection connection, ExportPeriod period, ExportCsvWriter output)
    {
        using var statement = new Statement(connection, period.Sql(Sql));
        using var reader = period.Query(statement);
        while (reader.Read())
        {
            for (var i = 0; i < 4; i++) output.Number(reader.GetInt64(i));
            output.Time(reader.GetInt64(4));
            output.Time(reader.IsDBNull(5) ? null : reader.GetInt64(5));
            output.EndRow();
        }
    }
}
