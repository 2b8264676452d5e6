using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Conditions;

/// <summary>The operators of <c>if</c>.</summary>
internal static class Comparer
{
    public static bool AreEqual(in LiquidValue left, in LiquidValue right)
    {
        if (left.Kind is LiquidKind.Empty or LiquidKind.Blank)
        {
            return Matches(left.Kind, right);
        }

        return right.Kind is LiquidKind.Empty or LiquidKind.Blank ? Matches(right.Kind, left) : LiquidValue.AreEqual(left, right);
    }

    public static bool Contains(in LiquidValue left, in LiquidValue right)
    {
        if (!left.IsTruthy || !right.IsTruthy)
        {
            return false;
        }

        switch (left.Kind)
        {
            case LiquidKind.String or LiquidKind.Slot:
                return left.ToText().Contains(right.ToText(), StringComparison.Ordinal);
            case LiquidKind.Array:
                foreach (var item in left.Array)
                {
                    if (LiquidValue.AreEqual(item, right))
                    {
                        return true;
                    }
                }

                return false;
            case LiquidKind.Hash:
                return right.IsText && left.Hash.TryGet(right.ToText(), out _);
            case LiquidKind.Range:
                return right.IsNumber
                    && NumberOrder.Compare(right, LiquidValue.FromInteger(left.Range.Start)) >= 0
                    && NumberOrder.Compare(right, LiquidValue.FromInteger(left.Range.End)) <= 0;
            default:
                return false;
        }
    }

    /// <summary>Values without an order make the comparison false; two that have one, but not with each other, are an error.</summary>
    public static bool IsOrdered(RenderContext context, in LiquidValue left, in LiquidValue right, ComparisonOperator comparison)
    {
        if (!IsComparable(left) || !IsComparable(right))
        {
            return false;
        }

        var order = LiquidValue.Order(left, right) ?? throw context.Error(
            LiquidErrorCode.IncompatibleTypes, $"a comparison of {NameOf(left.Kind)} with {NameOf(right.Kind)}", "two numbers or two texts");
        return Satisfies(order, comparison);
    }

    /// <summary>The kind in the author's words: whether a text is a column does not matter there.</summary>
    private static string NameOf(LiquidKind kind) => kind switch
    {
        LiquidKind.Integer or LiquidKind.BigInteger or LiquidKind.Float => "a number",
        LiquidKind.String or LiquidKind.Slot => "a text",
        LiquidKind.Date => "a date",
        _ => kind.ToString(),
    };

    public static bool Satisfies(int order, ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.Equal => order == 0,
        ComparisonOperator.NotEqual => order != 0,
        ComparisonOperator.Less => order < 0,
        ComparisonOperator.LessOrEqual => order <= 0,
        ComparisonOperator.Greater => order > 0,
        _ => order >= 0,
    };

    private static bool IsComparable(in LiquidValue value) => value.IsNumber || value.IsText || value.Kind == LiquidKind.Date;

    private static bool Matches(LiquidKind literal, in LiquidValue value)
    {
        switch (value.Kind)
        {
            case LiquidKind.String or LiquidKind.Slot:
                var text = value.ToText();
                return text.Length == 0 || (literal == LiquidKind.Blank && text.AsSpan().TrimStart(" \t\n\v\f\r").Length == 0);
            case LiquidKind.Array:
                return value.Array.Length == 0;
            case LiquidKind.Hash:
                return value.Hash.Count == 0;
            case LiquidKind.Nil:
                return literal == LiquidKind.Blank;
            case LiquidKind.Boolean:
                return literal == LiquidKind.Blank && !value.Boolean;
            default:
                return false;
        }
    }
}
