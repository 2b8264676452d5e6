using System.Data.Common;
using System.Runtime.InteropServices;
using ClosedLoop.Model.Events;

namespace ClosedLoop.Responses.Export.Files;

/// <summary>A link or pixel that an exported click or open names.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FollowedLink(ListedMailing Mailing, int Sequence, int Ordinal)
{
    private const string Sql =
        $"""
        SELECT DISTINCT {ListedMailing.Columns}, e.sequence, e.link_ordinal
        FROM event e JOIN mailing m ON m.mailing_id = e.mailing_id
        WHERE e.client_id = $1 AND e.recorded > $2 AND e.recorded <= $3 AND e.kind IN ($5, $6) AND e.automated = 0 AND {ExportPeriod.IsIncluded}
        ORDER BY m.link_base, e.sequence, e.link_ordinal
        """;

    /// <summary>Each once, in the order of the link ids.</summary>
    public static IEnumerable<FollowedLink> Of(DbConnection connection, ExportPeriod period)
    {
        using var reader = period.Query(connection, Sql, (int)TrackedEventKind.Open, (int)TrackedEventKind.Click);
        ListedMailing? mailing = null;
        while (reader.Read())
        {
            if (mailing?.MailingId != reader.Int64(0)) mailing = ListedMailing.Read(reader);
            yield return new FollowedLink(mailing, reader.Int32(10), reader.Int32(11));
        }
    }
}
