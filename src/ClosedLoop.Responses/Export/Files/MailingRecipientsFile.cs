using System.Data.Common;
using ClosedLoop.Data;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Responses;

namespace ClosedLoop.Responses.Export.Files;

/// <summary>
/// Spec section 17.4, the sending log: everybody of the mailings listed in the same run, as they stood at the cut-off. Who
/// was left out beforehand (suppressed, cancelled) has no row (section 13).
/// </summary>
internal static class MailingRecipientsFile
{
    private const string Sql =
        $"""
        SELECT m.recipient_base + l.sequence AS id, m.mailing_id, m.client_id, r.address,
            {Recipients.Created} AS created, {Recipients.State} AS as_of,
            {LatestResponse.CategorySql}
        FROM mailing m {Recipients.Joins}
        WHERE {ExportPeriod.ListsMailing} AND as_of NOT IN (4, 6)
        ORDER BY created / 1000000, id
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
            var state = (RecipientState)reader.GetInt32(5);
            output.Word(SendingStatus(state));
            ResponseCategory? category = reader.IsDBNull(6) ? null : (ResponseCategory)reader.GetInt32(6);
            Delivery(output, state, category);
            output.EndRow();
        }
    }

    private static ReadOnlySpan<byte> SendingStatus(RecipientState state) => state switch
    {
        RecipientState.Sent => "sent"u8,
        RecipientState.Failed or RecipientState.Unknown => "could_not_be_sent"u8,
        _ => "sending"u8,
    };

    /// <summary>Spec section 13: a bounce decides; without one, sent or answered is OK; else nothing is known.</summary>
    private static void Delivery(ExportCsvWriter output, RecipientState state, ResponseCategory? category)
    {
        if (category is { } bounce && bounce.IsBounce()) output.Word(bounce == ResponseCategory.FatalBounce ? "HARD"u8 : "SOFT"u8);
        else if (category is not null || state == RecipientState.Sent) output.Word("OK"u8);
        else output.Null();
        output.Text(category?.ToExport());
    }
}
