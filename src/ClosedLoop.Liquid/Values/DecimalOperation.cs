namespace ClosedLoop.Liquid.Values;

internal enum DecimalOperation
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Round,
}
