namespace ClosedLoop.Data.Bulk;

/// <summary>One action on many things.</summary>
public sealed record BulkJob
{
    /// <summary>Running number; 0 before it is stored.</summary>
    public long Id { get; init; }

    /// <summary>Which action, as in <c>files.discard</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Key of the client, where the action needs one.</summary>
    public string? Client { get; init; }

    public required string Actor { get; init; }

    public required string Origin { get; init; }

    /// <summary>The only client that who asked may see; <c>null</c> for all.</summary>
    public long? Scope { get; init; }

    public required string Reason { get; init; }

    /// <summary>Things it is about.</summary>
    public long Total { get; init; }

    public BulkState State { get; init; }

    /// <summary>The job that this one takes back.</summary>
    public long? UndoOf { get; init; }

    /// <summary>Microseconds.</summary>
    public long CreatedAt { get; init; }

    /// <summary>Microseconds.</summary>
    public long? FinishedAt { get; init; }
}
