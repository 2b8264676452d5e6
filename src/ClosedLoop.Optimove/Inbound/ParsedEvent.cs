namespace ClosedLoop.Optimove.Inbound;

/// <summary>A listener's call, understood. Times are as texts, because their zone is the connector's.</summary>
internal sealed record ParsedEvent
{
    /// <summary>Null when the body names none.</summary>
    public int? Type { get; init; }

    public string? TimeStamp { get; init; }

    /// <summary>May be letters as well.</summary>
    public string? Campaign { get; init; }

    public int? ChannelId { get; init; }

    public int? TemplateId { get; init; }

    public string? Customer { get; init; }

    public IReadOnlyList<string> PromoCodes { get; init; } = [];

    /// <summary>Stored, never interpreted.</summary>
    public string? Notes { get; init; }

    /// <summary>Everything else that is a scalar, by name.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
}
