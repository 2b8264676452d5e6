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

    /// <summary><c>mailingToUserId</c> of a recipient.</summary>
    public long RecipientId(int sequence) => RecipientBase + sequence;

    /// <summary><c>linkId</c> of a recipient's link.</summary>
    public long LinkId(int sequence, int ordinal) => LinkBase + ((long)sequence * LinksPerRecipient) + ordinal;
}
