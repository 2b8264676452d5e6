using ClosedLoop.Model.Responses;
using ClosedLoop.Responses.Export.Csv;

namespace ClosedLoop.Responses.Export.Files;

/// <summary>Spec section 17.10: one row per response.</summary>
internal static class ResponsesFile
{
    private const string Sql =
        $"""
        SELECT a.mailing_id, m.recipient_base + a.sequence AS recipient_id, a.client_id, r.address, a.occurred_at, a.category, m.client_version, r.fields
        FROM response a
        JOIN mailing m ON m.mailing_id = a.mailing_id
        JOIN recipient r ON r.mailing_id = a.mailing_id AND r.sequence = a.sequence
        WHERE a.client_id = $1 AND a.recorded > $2 AND a.recorded <= $3 AND (a.overruled IS NULL OR a.overruled > $3) AND {ExportPeriod.IsIncluded}
        ORDER BY a.occurred_at / 1000000, a.mailing_id, recipient_id, a.recorded, a.ordinal
        """;

    public static void Write(ExportJob job, ExportCsvWriter output)
    {
        using var reader = job.Period.Query(job.Connection, Sql);
        while (reader.Read())
        {
            for (var i = 0; i < 3; i++) output.Number(reader.Int64(i));
            output.Text(reader.Bytes(3));
            output.Time(reader.Int64(4));
            output.Text(((ResponseCategory)reader.Int32(5)).ToExport());
            job.Extra.Write(reader.Int32(6), reader.Bytes(7), output);
            output.EndRow();
        }
    }
}
