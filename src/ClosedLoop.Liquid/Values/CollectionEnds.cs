namespace ClosedLoop.Liquid.Values;

/// <summary><c>first</c> and <c>last</c> of anything.</summary>
internal static class CollectionEnds
{
    public static LiquidValue First(in LiquidValue value) => value.Kind switch
    {
        LiquidKind.Array => value.Array.Length == 0 ? LiquidValue.Nil : value.Array[0],
        LiquidKind.Hash => value.Hash.Count == 0 ? LiquidValue.Nil : value.Hash.PairAt(0),
        LiquidKind.Range => LiquidValue.FromInteger(value.Range.Start),
        LiquidKind.String or LiquidKind.Slot => LiquidValue.FromString(Characters.Slice(value.ToText(), 0, 1) ?? ""),
        LiquidKind.Empty or LiquidKind.Blank => LiquidValue.EmptyString,
        _ => LiquidValue.Nil,
    };

    public static LiquidValue Last(in LiquidValue value) => value.Kind switch
    {
        LiquidKind.Array => value.Array.Length == 0 ? LiquidValue.Nil : value.Array[^1],
        LiquidKind.Range => LiquidValue.FromInteger(value.Range.End),
        LiquidKind.String or LiquidKind.Slot => LiquidValue.FromString(Characters.Slice(value.ToText(), -1, 1) ?? ""),
        LiquidKind.Empty or LiquidKind.Blank => LiquidValue.EmptyString,
        _ => LiquidValue.Nil,
    };
}
