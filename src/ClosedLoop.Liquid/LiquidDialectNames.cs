namespace ClosedLoop.Liquid;

/// <summary>Names that a vendor's dialect knows besides columns. They are compared without regard to case.</summary>
public sealed record LiquidDialectNames
{
    public static LiquidDialectNames None { get; } = new();

    /// <summary>Placeholders that stand for a column of another name, as <c>bmUnsubscribeUrl</c>. An empty name is a placeholder that is known but has no value.</summary>
    public IReadOnlyDictionary<string, string> Aliases { get; init; } = new Dictionary<string, string>();

    /// <summary>Field functions of Campaign by name: templates in ODR.</summary>
    public IReadOnlyDictionary<string, string> Functions { get; init; } = new Dictionary<string, string>();

    /// <summary>Notes of Contactlab by label.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; init; } = new Dictionary<string, string>();
}
