namespace ClosedLoop.Data.Optimove;

/// <summary>A call of a listener, about to be stored. Times in microseconds.</summary>
public sealed record NewOptimoveEvent
{
    public required long ClientId { get; init; }

    public required int Type { get; init; }

    /// <summary>Equal for calls that say the same.</summary>
    public required string DedupKey { get; init; }

    /// <summary>Microseconds; calls of the key received before do not count. 0 for all.</summary>
    public long DuplicatesSince { get; init; }

    /// <summary>In lower case, for comparing.</summary>
    public required string Campaign { get; init; }

    /// <summary>0 for none.</summary>
    public int ChannelId { get; init; }

    public int? TemplateId { get; init; }

    public string? Customer { get; init; }

    public required long OccurredAt { get; init; }

    public required long ReceivedAt { get; init; }

    /// <summary>Stored and never worked on: of a type or channel that is not ours.</summary>
    public string? IgnoredBecause { get; init; }

    /// <summary>The body as it came.</summary>
    public required byte[] Raw { get; init; }
}
