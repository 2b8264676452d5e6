using ClosedLoop.Data.Mailings;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Delivery.Rendering;

/// <summary>Stands for the copy that a source mailing shown as it is now does not have.</summary>
internal static class UnsentMailing
{
    private const long None = 1;

    public static MailingRow Of(SourceMailing source) => new()
    {
        MailingId = None,
        CampaignId = None,
        ListId = None,
        ClientId = source.ClientId,
        ClientVersion = 1,
        SourceId = source.Id,
        SourceVersion = 1,
        FileId = 0,
        Name = source.Name,
        State = MailingState.Prepared,
        RecipientBase = 0,
        LinkBase = 0,
        Accepted = 1,
        CreatedAt = 0,
    };
}
