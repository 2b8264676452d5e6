using ClosedLoop.Liquid.Expressions;

namespace ClosedLoop.Liquid.Values;

/// <summary>One filter of a calculation with its constant.</summary>
internal readonly record struct DecimalStep(DecimalOperation Operation, ShortDecimal Operand)
{
    /// <summary>False for a filter that does not calculate, or one whose argument is no short number.</summary>
    public static bool TryCreate(string filter, Expression[] arguments, out DecimalStep step)
    {
        step = default;
        DecimalOperation? operation = (filter, arguments.Length) switch
        {
            ("plus", 1) => DecimalOperation.Add,
            ("minus", 1) => DecimalOperation.Subtract,
            ("times", 1) => DecimalOperation.Multiply,
            ("divided_by", 1) => DecimalOperation.Divide,
            ("round", 0 or 1) => DecimalOperation.Round,
            _ => null,
        };
        var operand = ShortDecimal.Zero;
        if (operation is not { } known || (arguments.Length == 1 && (arguments[0] is not ConstantExpression constant || !ShortDecimal.TryRead(constant.Value, out operand))))
        {
            return false;
        }

        step = new DecimalStep(known, operand);
        return known != DecimalOperation.Round || (!operand.IsFraction && operand.Digits is >= 0 and <= ShortDecimal.MaxScale);
    }

    /// <summary>False when the result would not be short; the number is then spoilt.</summary>
    public bool TryApply(ref ShortDecimal number) => Operation switch
    {
        DecimalOperation.Add => ShortDecimal.TryAdd(ref number, Operand, 1),
        DecimalOperation.Subtract => ShortDecimal.TryAdd(ref number, Operand, -1),
        DecimalOperation.Multiply => ShortDecimal.TryMultiply(ref number, Operand),
        DecimalOperation.Divide => ShortDecimal.TryDivide(ref number, Operand),
        _ => ShortDecimal.TryRound(ref number, (int)Operand.Digits),
    };
}
