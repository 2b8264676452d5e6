using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Data.Privacy;

/// <summary>One message to a person, as the ledger has it. Times in microseconds.</summary>
public sealed record PersonMessage
{
    public required long MailingId { get; init; }

    public required int Sequence { get; init; }

    public required long ClientId { get; init; }

    public required string Address { get; init; }

    /// <summary>Columns of the list, see <see cref="RecipientFields"/>.</summary>
    public required byte[] Fields { get; init; }

    public required RecipientState State { get; init; }

    public required int Attempt { get; init; }

    public long? DueAt { get; init; }

    public long? DoneAt { get; init; }

    public int? ReplyCode { get; init; }

    public string? Reason { get; init; }

    /// <summary>Number of the file it came with.</summary>
    public required long FileId { get; init; }
}
