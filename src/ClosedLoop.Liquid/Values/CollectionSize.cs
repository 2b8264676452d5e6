namespace ClosedLoop.Liquid.Values;

/// <summary><c>size</c> of anything.</summary>
internal static class CollectionSize
{
    /// <summary>Elements, entries or characters; whole numbers answer with their bytes as the reference implementation does; nil where there is no size.</summary>
    public static LiquidValue Of(in LiquidValue value) => value.Kind switch
    {
        LiquidKind.String or LiquidKind.Slot => LiquidValue.FromInteger(Characters.Count(value.ToText())),
        LiquidKind.Array => LiquidValue.FromInteger(value.Array.Length),
        LiquidKind.Hash => LiquidValue.FromInteger(value.Hash.Count),
        LiquidKind.Range => LiquidValue.FromInteger(value.Range.Count),
        LiquidKind.Integer => LiquidValue.FromInteger(sizeof(long)),
        LiquidKind.Empty or LiquidKind.Blank => LiquidValue.FromInteger(0),
        _ => LiquidValue.Nil,
    };
}
