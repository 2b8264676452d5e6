namespace ClosedLoop.Liquid.Values;

internal enum NumberKind : byte
{
    Integer,
    Big,
    Decimal,
    Double,
}
