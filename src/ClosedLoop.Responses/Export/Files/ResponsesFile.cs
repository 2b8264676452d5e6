using System.Data.Common;
using ClosedLoop.Data;
using ClosedLoop.Model.Responses;

namespace ClosedLoop.Responses.Export.Files;

/// <summary>Spec section 17.10: one row per response.</summary>
internal static class ResponsesFile
{
    private const string Sql =
        $"""
        SELECT a.mailing_id, m.recipient_base + a.sequence AS recipient_id, a.client_id, r.address, a.occurred_at, a.category
        FROM response a
        JOIN mailing m ON m.mailing_id = a.mailing_id
        JOIN recipient r ON r.mailing_id = a.mailing_id AND r.sequence = a.sequence
        WHERE a.client_id = $1 AND a.recorded > $2 AND a.recorded <= $3 AND {ExportPeriod.NoTest}
        ORDER BY a.occurred_at / 1000000, a.mailing_id, recipient_id, a.recorded, a.ordinal
        """;

    public static void Write(DbConnection connection, ExportPeriod period, ExportCsvWriter output)
    {
        using var statement = new Statement(connection, period.Sql(Sql));
        using var reader = period.Query(statement);
        while (reader.Read())
        {
            for (var i = 0; i < 3; i++) output.Number(reader.GetInt64(i));
            output.Text(reader.GetString(3));
            output.Time(reader.GetInt64(4));
            output.Text(((ResponseCategory)reader.GetInt32(5)).ToExport());
            output.EndRow();
        }
    }
}
