using ClosedLoop.Model.Orders;

namespace ClosedLoop.Data.Orders;

/// <summary>The processing of one accepted semaphore (xml-delivery spec section 4). Times in microseconds.</summary>
public sealed record OperationRow
{
    public required long OperationId { get; init; }

    public required long ClientId { get; init; }

    /// <summary>Version of the account that the whole operation keeps to.</summary>
    public required int AccountVersion { get; init; }

    /// <summary>Name of the polled folder's configuration.</summary>
    public required string Configuration { get; init; }

    /// <summary>NAME of the order.</summary>
    public required string Name { get; init; }

    /// <summary>The order as it is named in the folder; <c>null</c> when it was not there.</summary>
    public required string? XmlFile { get; init; }

    /// <summary>Semaphores that asked for it, as they were named.</summary>
    public required IReadOnlyList<string> Semaphores { get; init; }

    /// <summary>Where the folder is.</summary>
    public required string Host { get; init; }

    public required OperationStatus Status { get; init; }

    /// <summary>Name of the newest transition.</summary>
    public required string SubStatus { get; init; }

    public required OperationStep Step { get; init; }

    /// <summary>Was found unfinished after a restart.</summary>
    public required bool Recovered { get; init; }

    /// <summary>Nothing is left to do for it, feedback included.</summary>
    public required bool Closed { get; init; }

    public required long BegunAt { get; init; }

    public required long? EndedAt { get; init; }

    public required long ModifiedAt { get; init; }

    /// <summary>Since when it waits for a locked database.</summary>
    public required long? WaitsSince { get; init; }

    public required long? UploadBegunAt { get; init; }

    public required long? UploadEndedAt { get; init; }

    /// <summary>When the newest chunk of recipients was in.</summary>
    public required long? ChunkAt { get; init; }

    public required long RowsRead { get; init; }

    public required long RowsAdded { get; init; }

    public required long RowsSkipped { get; init; }

    public required long? ContentAt { get; init; }

    /// <summary>Hash of the frozen content.</summary>
    public required string? ContentHash { get; init; }

    /// <summary>Subject of a mail, text of an SMS.</summary>
    public required string? ContentText { get; init; }

    /// <summary>Who gets the summary, once the order said so; <c>null</c> before, when the configured list is all there is.</summary>
    public required IReadOnlyList<string>? ReportTo { get; init; }
}
