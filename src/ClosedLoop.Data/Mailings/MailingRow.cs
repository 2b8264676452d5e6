using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Data.Mailings;

/// <summary>One mailing (the copy that is sent) as stored. Times in microseconds, see <see cref="Model.Instants"/>.</summary>
public sealed record MailingRow
{
    /// <summary>
    /// Link ids a recipient has: position 0 is the open pixel, links follow in the order in which they were rendered.
    /// </summary>
    public const int LinksPerRecipient = 256;

    public required long MailingId { get; init; }

    /// <summary><c>compoundMasterId</c>: the campaign of the copy.</summary>
    public required long CampaignId { get; init; }

    public required long ListId { get; init; }

    public required long ClientId { get; init; }

    public required int ClientVersion { get; init; }

    public required long SourceId { get; init; }

    public required int SourceVersion { get; init; }

    public long? WaveId { get; init; }

    public required long FileId { get; init; }

    public required string Name { get; init; }

    public required MailingState State { get; init; }

    /// <summary>Hash of the frozen content; <c>null</c> until the source mailing is copied.</summary>
    public string? ContentHash { get; init; }

    public required long RecipientBase { get; init; }

    public required long LinkBase { get; init; }

    /// <summary>Recipients taken over from the file: what the ledger's states must add up to.</summary>
    public required long Accepted { get; init; }

    public required long CreatedAt { get; init; }

    public long? StartedAt { get; init; }

    public long? FinishedAt { get; init; }

    public long? StartedRecorded { get; init; }

    public long? FinishedRecorded { get; init; }

    /// <summary>Microseconds before which a queued mailing does not start; <c>null</c> starts at once.</summary>
    public long? StartAt { get; init; }

    /// <summary>How often the mailing was opened again for a resend.</summary>
    public int Resends { get; init; }

    /// <summary>When the newest resend began to be sent; <c>null</c> without one, and while it waits for its turn.</summary>
    public long? ResentAt { get; init; }

    /// <summary>What the mailing is made of: a file's group, a campaign, or recipients that are added one by one.</summary>
    public MailingMode Mode { get; init; }

    /// <summary>By which way its recipients are reached.</summary>
    public MessageChannel Channel { get; init; }

    /// <summary>The file came by the test folder (closed-loop spec section 15).</summary>
    public bool Test { get; init; }

    /// <summary>When recipients, events and responses were given up to retention; only the totals are left.</summary>
    public long? PurgedAt { get; init; }

    /// <summary>From when retry time counts: the newest beginning of sending.</summary>
    public long? DispatchedAt => Resends > 0 ? ResentAt ?? StartedAt : StartedAt;

    /// <summary><c>mailingToUserId</c> of a recipient.</summary>
    public long RecipientId(int sequence) => RecipientBase + sequence;

    /// <summary><c>linkId</c> of a recipient's link.</summary>
    public long LinkId(int sequence, int ordinal) => LinkBase + ((long)sequence * LinksPerRecipient) + ordinal;
}
