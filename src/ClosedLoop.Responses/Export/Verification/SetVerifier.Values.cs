using System.Globalization;

namespace ClosedLoop.Responses.Export.Verification;

internal sealed partial class SetVerifier
{
    private static bool IsCategory(string? category) => category is "unknown" or "bounce" or "temporary_bounce" or "fatal_bounce" or "autoresponder";

    private void Status(long row, string?[] values)
    {
        var (sending, delivery, category) = (values[5], values[6], values[7]);
        if (sending is not ("sending" or "sent" or "could_not_be_sent")) Broken(ExportTable.MailingRecipients, row, $"sendingStatus is '{sending}'.");
        if (category is not null && !IsCategory(category)) Broken(ExportTable.MailingRecipients, row, $"response.category is '{category}'.");
        var expected = category switch
        {
            "fatal_bounce" => "HARD",
            "bounce" or "temporary_bounce" => "SOFT",
            null when sending != "sent" => null,
            _ => "OK",
        };
        if (delivery != expected) Broken(ExportTable.MailingRecipients, row, $"deliveryStatus is '{delivery}' with category '{category}' and status '{sending}'; expected '{expected}'.");
    }

    /// <summary>Whether one local time is certainly before another; in the hour that the clock shows twice nothing is certain.</summary>
    private bool IsBefore(string earlier, string later) =>
        string.CompareOrdinal(earlier, later) < 0 && _zone is not null && !IsAmbiguous(_zone, earlier) && !IsAmbiguous(_zone, later);

    private static bool IsAmbiguous(TimeZoneInfo zone, string time) =>
        !DateTime.TryParseExact(time, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) || zone.IsAmbiguousTime(local);

    private void Broken(ExportTable table, long row, FormattableString message) => _faults.Add("CL2915", FileOf(table), row, message.ToString(CultureInfo.InvariantCulture));

    private void Missing(ExportTable table, long row, FormattableString message) => _faults.Add("CL2914", FileOf(table), row, message.ToString(CultureInfo.InvariantCulture));
}
