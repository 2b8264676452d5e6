namespace ClosedLoop.Liquid.Values;

/// <summary>Text in the order of its code points, which is the order of its UTF-8 bytes.</summary>
internal static class TextOrder
{
    public static int Compare(string left, string right)
    {
        var common = Math.Min(left.Length, right.Length);
        for (var i = 0; i < common; i++)
        {
            char a = left[i], b = right[i];
            if (a != b)
            {
                // Surrogates stand for code points above every other UTF-16 unit, though some units are numerically larger.
                var aHigh = char.IsSurrogate(a);
                var bHigh = char.IsSurrogate(b);
                return aHigh != bHigh ? (aHigh ? 1 : -1) : a.CompareTo(b);
            }
        }

        return left.Length.CompareTo(right.Length);
    }
}
