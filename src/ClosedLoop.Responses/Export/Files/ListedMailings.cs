using System.Data.Common;

namespace ClosedLoop.Responses.Export.Files;

/// <summary>Finds the mailings of a run.</summary>
internal static class ListedMailings
{
    private const string ListedSql = $"SELECT {ListedMailing.Columns} FROM mailing m WHERE {ExportPeriod.ListsMailing} ORDER BY m.recipient_base";

    /// <summary>
    /// Mailings that started before the period and did not end in it. What changes of them is the outcome of a recipient while they are being sent, and a response or the end of a
    /// doubt at any time.
    /// </summary>
    private const string EarlierSql =
        $"""
        SELECT {ListedMailing.Columns}, m.finished_recorded IS NULL OR m.finished_recorded > $3 AS running
        FROM mailing m
        WHERE {ExportPeriod.IsIncluded} AND m.started_at IS NOT NULL AND m.started_recorded <= $2
            AND (m.finished_recorded IS NULL OR m.finished_recorded > $3 OR m.finished_recorded <= $2) AND NOT {ExportPeriod.WasReopened}
            AND (m.finished_recorded IS NULL OR m.finished_recorded > $3 OR m.mailing_id IN (SELECT a.mailing_id FROM response a WHERE a.client_id = $1 AND a.recorded > $2 AND a.recorded <= $3)
                OR m.mailing_id IN (SELECT a.mailing_id FROM response a WHERE a.client_id = $1 AND a.overruled > $2 AND a.overruled <= $3)
                OR m.mailing_id IN (SELECT d.mailing_id FROM channel_doubt d WHERE d.client_id = $1 AND d.settled > $2 AND d.settled <= $3))
        """;

    /// <summary>In the order of their recipients' ids, which is the order in which they were made.</summary>
    public static IReadOnlyList<ListedMailing> Find(DbConnection connection, ExportPeriod period, ExportScope scope)
    {
        var mailings = new List<ListedMailing>();
        using (var listed = period.Query(connection, ListedSql))
        {
            while (listed.Read()) mailings.Add(ListedMailing.Read(listed));
        }

        if (!scope.Changed) return mailings;
        var earlier = new List<ListedMailing>();
        using (var reader = period.Query(connection, EarlierSql))
        {
            while (reader.Read())
                earlier.Add(ListedMailing.Read(reader) with { Recipients = reader.Int64(10) == 1 ? RecipientSelection.Changed : RecipientSelection.ChangedByResponse });
        }

        mailings.AddRange(earlier.Where(mailing => HasChanged(connection, period, mailing)));
        return [.. mailings.OrderBy(mailing => mailing.RecipientBase)];
    }

    private static bool HasChanged(DbConnection connection, ExportPeriod period, ListedMailing mailing)
    {
        using var cursor = new RecipientCursor(connection, period, mailing, withFields: false);
        while (cursor.Read())
        {
            var now = cursor.StatusAt(period.To);
            if (now.HasRow && now != cursor.StatusAt(period.From)) return true;
        }

        return false;
    }
}
