namespace ClosedLoop.Optimove.Double;

/// <summary>An event that listeners are to be told of.</summary>
public sealed record FireOrder
{
    public required int Type { get; init; }

    public required string Campaign { get; init; }

    public int? Channel { get; init; }

    public int? Template { get; init; }

    public string? Customer { get; init; }

    public string? TimeStamp { get; init; }

    /// <summary>JSON of the promotion codes: an array or a text.</summary>
    public string? PromoCode { get; init; }

    /// <summary>Further members, as JSON values by name.</summary>
    public IReadOnlyDictionary<string, string> Extra { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary><c>pascal</c>, <c>camel</c> or <c>netmera</c>.</summary>
    public string Style { get; init; } = "pascal";

    /// <summary>How often the call is made at once.</summary>
    public int Concurrent { get; init; } = 1;

    /// <summary>Whether calls that fail are made again after 1, 5 and 30 s.</summary>
    public bool Retry { get; init; } = true;
}
