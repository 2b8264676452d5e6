using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Responses;
using ClosedLoop.Responses.Export.Csv;

namespace ClosedLoop.Responses.Export.Files;

/// <summary>
/// Spec section 17.4, the sending log: everybody of the mailings listed in the same run, as they stood at the cut-off. Who
/// was left out beforehand (suppressed, cancelled) has no row (section 13).
/// </summary>
internal static class MailingRecipientsFile
{
    public static void Write(ExportJob job, SortedRows rows, ExportCsvWriter output)
    {
        foreach (var mailing in job.Mailings) Write(job, mailing, rows);
        rows.WriteTo(output);
    }

    private static void Write(ExportJob job, ListedMailing mailing, SortedRows rows)
    {
        var everybody = mailing.Recipients == RecipientSelection.Everybody;
        using var cursor = new RecipientCursor(job.Connection, job.Period, mailing, job.Extra.Any);
        while (cursor.Read())
        {
            var status = cursor.StatusAt(job.Period.To);
            if (!status.HasRow || (!everybody && status == cursor.StatusAt(job.Period.From))) continue;
            rows.At(status.Created);
            rows.Number(mailing.RecipientBase + cursor.Sequence);
            rows.Number(mailing.MailingId);
            rows.Number(mailing.ClientId);
            rows.Text(cursor.Address);
            rows.Time(status.Created);
            rows.Word(SendingStatus(status.State));
            Delivery(rows, status);
            if (job.Extra.Any) job.Extra.Write(mailing.ClientVersion, cursor.Fields, rows);
            rows.EndRow();
        }
    }

    private static ReadOnlySpan<byte> SendingStatus(RecipientState state) => state switch
    {
        RecipientState.Sent => "sent"u8,
        RecipientState.Failed or RecipientState.Unknown => "could_not_be_sent"u8,
        _ => "sending"u8,
    };

    /// <summary>Spec section 13: a bounce decides; without one, sent or answered is OK; else nothing is known.</summary>
    private static void Delivery(SortedRows rows, in RecipientStatus status)
    {
        if (status.Category is not { } category)
        {
            if (status.State == RecipientState.Sent) rows.Word("OK"u8);
            else rows.Null();
            rows.Null();
            return;
        }

        rows.Word(!category.IsBounce() ? "OK"u8 : category == ResponseCategory.FatalBounce ? "HARD"u8 : "SOFT"u8);
        rows.Text(category.ToExport());
    }
}
