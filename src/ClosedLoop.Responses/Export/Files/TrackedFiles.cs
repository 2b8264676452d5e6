using System.Globalization;
using ClosedLoop.Data;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Events;
using ClosedLoop.Responses.Export.Csv;

namespace ClosedLoop.Responses.Export.Files;

/// <summary>Spec sections 17.6 to 17.9: what recipients did, one row each, none merged.</summary>
internal static class TrackedFiles
{
    /// <summary>Offset of a recipient's block among the link ids of the mailing.</summary>
    private static readonly string LinkBlock = string.Create(CultureInfo.InvariantCulture, $"e.sequence * {MailingRow.LinksPerRecipient}");

    // By the verdict of the cut-off, not today's: a rebuilt file must equal the published one.
    private const string IsPerson = "COALESCE(e.filed, 1) = 1";

    // Apple's proxy by its addresses, which has a file of its own whatever is agreed.
    private const string IsProxy = "e.automated = 1";

    public static void WriteClicks(ExportJob job, ExportCsvWriter output) => WriteLinked(job, TrackedEventKind.Click, job.Scope.ClicksOfPeople, output);

    public static void WriteOpens(ExportJob job, ExportCsvWriter output) => WriteLinked(job, TrackedEventKind.Open, job.Scope.Machines != ExportMachineEvents.Include, output);

    public static void WriteAutomatedOpens(ExportJob job, ExportCsvWriter output)
    {
        using var reader = Query(job, TrackedEventKind.Open, job.Scope.Machines == ExportMachineEvents.Separate ? $"({IsProxy} OR NOT {IsPerson})" : IsProxy);
        while (reader.Read())
        {
            Keys(reader, output);
            if (reader.Int32(11) != 0)
            {
                output.Word("Apple Mail Privacy Protection"u8);
                output.Word("unknown"u8);
            }
            else
            {
                TextOrNull(reader, 6, output);
                TextOrNull(reader, 7, output);
            }

            End(job, reader, output);
        }
    }

    public static void WriteUnsubscribes(ExportJob job, ExportCsvWriter output)
    {
        using var reader = Query(job, TrackedEventKind.Unsubscribe, $"NOT {IsProxy}");
        while (reader.Read())
        {
            Keys(reader, output);
            End(job, reader, output);
        }
    }

    private static void WriteLinked(ExportJob job, TrackedEventKind kind, bool peopleOnly, ExportCsvWriter output)
    {
        using var reader = Query(job, kind, peopleOnly ? $"NOT {IsProxy} AND {IsPerson}" : $"NOT {IsProxy}");
        while (reader.Read())
        {
            output.Number(reader.Int64(0));
            Keys(reader, output);
            for (var i = 6; i <= 8; i++) TextOrNull(reader, i, output);
            End(job, reader, output);
        }
    }

    private static RowReader Query(ExportJob job, TrackedEventKind kind, string which)
    {
        var block = job.Scope.SharedLinks ? "0" : LinkBlock;

        // The rows are sorted with all their columns, so what nobody wants is not carried along.
        var fields = job.Extra.Any ? "r.fields" : "NULL";
        return job.Period.Query(job.Connection,
            $"""
            SELECT m.link_base + {block} + e.link_ordinal AS link_id, e.mailing_id, m.recipient_base + e.sequence AS recipient_id, e.client_id,
                r.address, e.occurred_at, e.browser, e.platform, e.device, m.client_version, {fields}, e.automated
            FROM event e
            JOIN mailing m ON m.mailing_id = e.mailing_id
            JOIN recipient r ON r.mailing_id = e.mailing_id AND r.sequence = e.sequence
            WHERE e.client_id = $1 AND e.recorded > $2 AND e.recorded <= $3 AND e.kind = $5 AND {which} AND {ExportPeriod.IsIncluded}
            ORDER BY e.occurred_at / 1000000, link_id, recipient_id, e.event_id
            """, (int)kind);
    }

    private static void Keys(RowReader reader, ExportCsvWriter output)
    {
        for (var i = 1; i <= 3; i++) output.Number(reader.Int64(i));
        output.Text(reader.Bytes(4));
        output.Time(reader.Int64(5));
    }

    private static void TextOrNull(RowReader reader, int column, ExportCsvWriter output)
    {
        if (reader.IsNull(column)) output.Null();
        else output.Text(reader.Bytes(column));
    }

    private static void End(ExportJob job, RowReader reader, ExportCsvWriter output)
    {
        job.Extra.Write(reader.Int32(9), reader.Bytes(10), output);
        output.EndRow();
    }
}
