namespace ClosedLoop.Liquid.Values;

internal readonly partial struct LiquidValue
{
    /// <summary>Ruby's <c>&lt;=&gt;</c>; null when the two have no order.</summary>
    public static int? Order(in LiquidValue left, in LiquidValue right)
    {
        if (left.IsNumber && right.IsNumber)
        {
            return NumberOrder.Compare(left, right);
        }

        if (left.IsText && right.IsText)
        {
            return TextOrder.Compare(left.ToText(), right.ToText());
        }

        if (left.Kind == LiquidKind.Date && right.Kind == LiquidKind.Date)
        {
            return left.Date.CompareTo(right.Date);
        }

        if (left.Kind == LiquidKind.Array && right.Kind == LiquidKind.Array)
        {
            return OrderArrays(left.Array, right.Array);
        }

        return AreEqual(left, right) ? 0 : null;
    }

    private static int? OrderArrays(LiquidValue[] left, LiquidValue[] right)
    {
        for (var i = 0; i < left.Length && i < right.Length; i++)
        {
            if (Order(left[i], right[i]) is not 0 and var order)
            {
                return order;
            }
        }

        return left.Length.CompareTo(right.Length);
    }
}
