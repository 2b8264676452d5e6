using System.Text;

namespace ClosedLoop.Liquid.Values;

internal readonly partial struct LiquidValue
{
    /// <summary>The language's <c>==</c>: numbers by value whatever their kind, text by content, collections element by element.</summary>
    public static bool AreEqual(in LiquidValue left, in LiquidValue right)
    {
        switch (left.Kind)
        {
            case LiquidKind.Nil:
                return right.Kind == LiquidKind.Nil;
            case LiquidKind.Boolean:
                return right.Kind == LiquidKind.Boolean && left._bits == right._bits;
            case LiquidKind.Integer when right.Kind == LiquidKind.Integer:
                return left._bits == right._bits;
            case LiquidKind.Integer or LiquidKind.Float or LiquidKind.BigInteger:
                return right.IsNumber && NumberOrder.Compare(left, right) == 0;
            case LiquidKind.String when right.Kind == LiquidKind.String:
                return left.String == right.String;
            case LiquidKind.String or LiquidKind.Slot:
                return right.IsText && TextEquals(left, right);
            case LiquidKind.Array:
                return right.Kind == LiquidKind.Array && ArraysEqual(left.Array, right.Array);
            case LiquidKind.Hash:
                return right.Kind == LiquidKind.Hash && HashesEqual(left.Hash, right.Hash);
            case LiquidKind.Range:
                return right.Kind == LiquidKind.Range && left.Range == right.Range;
            case LiquidKind.Date:
                return right.Kind == LiquidKind.Date && left.Date == right.Date;
            case LiquidKind.Drop:
                return right.Kind == LiquidKind.Drop && ReferenceEquals(left._object, right._object);
            default:
                return left.Kind == right.Kind;
        }
    }

    /// <summary>Equality for <c>uniq</c>: 1 and 1.0 are two values (Ruby's <c>eql?</c>).</summary>
    public static bool AreSame(in LiquidValue left, in LiquidValue right) =>
        (left.Kind == right.Kind || (left.IsText && right.IsText)) && AreEqual(left, right);

    /// <summary>A hash code that agrees with <see cref="AreSame"/>.</summary>
    public int SameHashCode() => Kind switch
    {
        LiquidKind.String or LiquidKind.Slot => string.GetHashCode(ToText(), StringComparison.Ordinal),
        LiquidKind.Array => Array.Length,
        LiquidKind.Hash => Hash.Count,
        LiquidKind.Range => Range.GetHashCode(),
        LiquidKind.BigInteger => BigInteger.GetHashCode(),
        LiquidKind.Date => Date.GetHashCode(),
        _ => HashCode.Combine(Kind, _bits),
    };

    private static bool TextEquals(in LiquidValue left, in LiquidValue right)
    {
        if (left.Kind == LiquidKind.Slot && right.Kind == LiquidKind.Slot)
        {
            return left.SlotBytes.SequenceEqual(right.SlotBytes);
        }

        var bytes = left.Kind == LiquidKind.Slot ? left.SlotBytes : right.SlotBytes;
        var text = left.Kind == LiquidKind.Slot ? right.String : left.String;
        if (bytes.Length < text.Length || bytes.Length > text.Length * 3)
        {
            return false;
        }

        return bytes.Length == text.Length && Ascii.IsValid(bytes)
            ? Ascii.Equals(bytes, text)
            : Encoding.UTF8.GetString(bytes) == text;
    }

    private static bool ArraysEqual(LiquidValue[] left, LiquidValue[] right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        for (var i = 0; i < left.Length; i++)
        {
            if (!AreEqual(left[i], right[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HashesEqual(LiquidHash left, LiquidHash right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        for (var i = 0; i < left.Count; i++)
        {
            var (key, value) = left.At(i);
            if (!right.TryGet(key, out var other) || !AreEqual(value, other))
            {
                return false;
            }
        }

        return true;
    }
}
