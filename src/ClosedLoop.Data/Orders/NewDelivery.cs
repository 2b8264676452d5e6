using ClosedLoop.Data.Mailings;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Data.Orders;

/// <summary>A delivery about to be made.</summary>
public sealed record NewDelivery
{
    public required long OperationId { get; init; }

    public required int AccountVersion { get; init; }

    public required NewMailing Mailing { get; init; }

    public required OrderChannel Channel { get; init; }

    public required long DatabaseId { get; init; }

    public required long FilterId { get; init; }

    public required long? Code { get; init; }

    /// <summary>Frozen content that is stored already.</summary>
    public required string ContentHash { get; init; }

    public required bool RemoveDuplicates { get; init; }

    public required bool Transactional { get; init; }

    public long? StartAt { get; init; }

    public long? ProposedAt { get; init; }

    public string? WebToken { get; init; }

    public IReadOnlyList<string> ReportTo { get; init; } = [];

    public int? ReportHours { get; init; }

    public IReadOnlyList<OrderNote> Notes { get; init; } = [];
}
