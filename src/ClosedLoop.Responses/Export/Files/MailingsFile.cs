using ClosedLoop.Responses.Export.Csv;

namespace ClosedLoop.Responses.Export.Files;

/// <summary>Spec section 17.3: mailings that started or finished in the period, and those listed again for a changed recipient.</summary>
internal static class MailingsFile
{
    public static void Write(ExportJob job, ExportCsvWriter output)
    {
        foreach (var mailing in job.Mailings.OrderBy(mailing => mailing.StartedAt / 1_000_000).ThenBy(mailing => mailing.MailingId))
        {
            output.Number(mailing.MailingId);
            output.Number(mailing.CampaignId);
            output.Number(mailing.ClientId);
            output.Number(mailing.ListId);
            output.Time(mailing.StartedAt);
            output.Time(mailing.FinishedAt);
            output.EndRow();
        }
    }
}
