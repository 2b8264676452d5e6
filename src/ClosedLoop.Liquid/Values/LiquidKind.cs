namespace ClosedLoop.Liquid.Values;

internal enum LiquidKind : byte
{
    Nil,
    Boolean,
    Integer,
    BigInteger,
    Float,
    String,

    /// <summary>Text of a row slot, still as UTF-8 bytes.</summary>
    Slot,
    Array,
    Hash,
    Range,
    Date,
    Drop,

    /// <summary>The literal <c>empty</c> in a comparison.</summary>
    Empty,

    /// <summary>The literal <c>blank</c> in a comparison.</summary>
    Blank,
}
