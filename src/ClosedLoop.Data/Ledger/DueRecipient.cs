namespace ClosedLoop.Data.Ledger;

/// <summary>A recipient whose turn it is.</summary>
public sealed record DueRecipient
{
    /// <summary>Position in the mailing, from 0.</summary>
    public required int Sequence { get; init; }

    public required string Address { get; init; }

    /// <summary>All columns, see <see cref="Model.Recipients.RecipientFields"/>.</summary>
    public required byte[] Fields { get; init; }

    /// <summary>Attempts made so far.</summary>
    public required int Attempt { get; init; }

    /// <summary>Microseconds; since when it is this recipient's turn. 0 for one that nothing has held up yet.</summary>
    public required long DueAt { get; init; }

    /// <summary>Why this person must not be mailed, or <c>null</c>.</summary>
    public string? SuppressedBy { get; init; }

    /// <summary>The address has soft bounces on its counter: a delivery begins their decay.</summary>
    public bool HasSoftBounces { get; init; }
}
