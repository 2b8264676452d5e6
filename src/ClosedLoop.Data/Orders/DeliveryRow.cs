using ClosedLoop.Model.Orders;

namespace ClosedLoop.Data.Orders;

/// <summary>A delivery that an order made; its number is that of its mailing. Times in microseconds.</summary>
public sealed record DeliveryRow
{
    public required long DeliveryId { get; init; }

    /// <summary>The operation; negative for a duplicate of one of its drafts.</summary>
    public required long OperationId { get; init; }

    public required long ClientId { get; init; }

    public required int AccountVersion { get; init; }

    /// <summary>The test delivery of the order.</summary>
    public required bool Test { get; init; }

    public required DeliveryState State { get; init; }

    public required OrderChannel Channel { get; init; }

    /// <summary>User database whose rows it goes to.</summary>
    public required long DatabaseId { get; init; }

    public required long FilterId { get; init; }

    /// <summary>Code of the rows of an automatic filter; <c>null</c> for a saved one.</summary>
    public required long? Code { get; init; }

    /// <summary>Title for operators.</summary>
    public required string Name { get; init; }

    public required string ContentHash { get; init; }

    public required bool RemoveDuplicates { get; init; }

    public required bool Transactional { get; init; }

    /// <summary>When it starts by itself.</summary>
    public required long? StartAt { get; init; }

    /// <summary>The time a draft's order proposed.</summary>
    public required long? ProposedAt { get; init; }

    /// <summary>Public address of its content, after <c>/w/</c>.</summary>
    public required string? WebToken { get; init; }

    /// <summary>Who gets its statistics.</summary>
    public required IReadOnlyList<string> ReportTo { get; init; }

    /// <summary>Hours after its start.</summary>
    public required int? ReportHours { get; init; }

    public required bool Reported { get; init; }

    /// <summary>Why it failed or was given up.</summary>
    public required string? Reason { get; init; }

    public required long CreatedAt { get; init; }

    public required long? StartedAt { get; init; }
}
