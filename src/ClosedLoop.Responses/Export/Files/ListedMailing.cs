using ClosedLoop.Data;
using ClosedLoop.Data.Mailings;

namespace ClosedLoop.Responses.Export.Files;

/// <summary>What the files need to know of a mailing.</summary>
internal sealed record ListedMailing
{
    /// <summary>What <see cref="Read"/> reads of <c>mailing m</c>; <c>$3</c> is the cut-off.</summary>
    public const string Columns =
        """
        m.mailing_id, m.campaign_id, m.list_id, m.client_id, m.client_version, m.recipient_base, m.link_base, m.started_at,
        CASE WHEN m.finished_recorded <= $3 THEN m.finished_at ELSE
            (SELECT CASE WHEN x.reopened > $3 THEN x.finished_at END FROM mailing_past x
             WHERE x.mailing_id = m.mailing_id AND x.finished_recorded <= $3 ORDER BY x.reopened DESC LIMIT 1) END AS finished, m.content_hash
        """;

    public required long MailingId { get; init; }

    public required long CampaignId { get; init; }

    public required long ListId { get; init; }

    public required long ClientId { get; init; }

    public required int ClientVersion { get; init; }

    public required long RecipientBase { get; init; }

    public required long LinkBase { get; init; }

    public required long StartedAt { get; init; }

    /// <summary>As known at the cut-off.</summary>
    public required long? FinishedAt { get; init; }

    public required string? ContentHash { get; init; }

    /// <summary>Who of it is in the run.</summary>
    public RecipientSelection Recipients { get; init; }

    public static ListedMailing Read(RowReader reader) => new()
    {
        MailingId = reader.Int64(0),
        CampaignId = reader.Int64(1),
        ListId = reader.Int64(2),
        ClientId = reader.Int64(3),
        ClientVersion = reader.Int32(4),
        RecipientBase = reader.Int64(5),
        LinkBase = reader.Int64(6),
        StartedAt = reader.Int64(7),
        FinishedAt = reader.IsNull(8) ? null : reader.Int64(8),
        ContentHash = reader.IsNull(9) ? null : System.Text.Encoding.UTF8.GetString(reader.Bytes(9)),
    };

    public long LinkId(int sequence, int ordinal) => LinkBase + ((long)sequence * MailingRow.LinksPerRecipient) + ordinal;
}
