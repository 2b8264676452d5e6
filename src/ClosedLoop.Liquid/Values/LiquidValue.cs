using System.Numerics;

namespace ClosedLoop.Liquid.Values;

/// <summary>One value of the language. A struct, so that numbers and slots cost no allocation.</summary>
internal readonly partial struct LiquidValue
{
    private readonly object? _object;
    private readonly long _bits;

    private LiquidValue(LiquidKind kind, object? value, long bits)
    {
        Kind = kind;
        _object = value;
        _bits = bits;
    }

    public static LiquidValue Nil => default;

    public static LiquidValue True => new(LiquidKind.Boolean, null, 1);

    public static LiquidValue False => new(LiquidKind.Boolean, null, 0);

    public static LiquidValue Empty => new(LiquidKind.Empty, null, 0);

    public static LiquidValue Blank => new(LiquidKind.Blank, null, 0);

    public static LiquidValue EmptyString => new(LiquidKind.String, "", 0);

    public LiquidKind Kind { get; }

    public bool IsNil => Kind == LiquidKind.Nil;

    /// <summary>Everything but nil and false.</summary>
    public bool IsTruthy => Kind != LiquidKind.Nil && (Kind != LiquidKind.Boolean || _bits != 0);

    public bool IsText => Kind is LiquidKind.String or LiquidKind.Slot;

    public bool IsNumber => Kind is LiquidKind.Integer or LiquidKind.Float or LiquidKind.BigInteger;

    /// <summary>Text that auto-escape leaves alone because it was escaped before or declared raw.</summary>
    public bool IsMarkup => Kind == LiquidKind.String && _bits != 0;

    public long Integer => _bits;

    public bool Boolean => _bits != 0;

    public double Float => BitConverter.Int64BitsToDouble(_bits);

    public BigInteger BigInteger => (BigInteger)_object!;

    public string String => _object as string ?? ((LiquidText)_object!).Text;

    public LiquidValue[] Array => (LiquidValue[])_object!;

    public LiquidHash Hash => (LiquidHash)_object!;

    public LiquidRange Range => (LiquidRange)_object!;

    public LiquidDrop Drop => (LiquidDrop)_object!;

    public DateTimeOffset Date => (DateTimeOffset)_object!;

    public ReadOnlySpan<byte> SlotBytes => ((LiquidRow)_object!).Utf8((int)_bits);

    /// <summary>The text as UTF-8, if it is at hand without encoding it.</summary>
    public bool TryGetUtf8(out ReadOnlySpan<byte> utf8)
    {
        if (_object is LiquidText text)
        {
            utf8 = text.Utf8;
            return true;
        }

        utf8 = Kind == LiquidKind.Slot ? SlotBytes : default;
        return Kind == LiquidKind.Slot;
    }

    public static LiquidValue FromBoolean(bool value) => new(LiquidKind.Boolean, null, value ? 1 : 0);

    public static LiquidValue FromInteger(long value) => new(LiquidKind.Integer, null, value);

    public static LiquidValue FromInteger(BigInteger value) =>
        value >= long.MinValue && value <= long.MaxValue ? FromInteger((long)value) : new(LiquidKind.BigInteger, value, 0);

    public static LiquidValue FromFloat(double value) => new(LiquidKind.Float, null, BitConverter.DoubleToInt64Bits(value));

    public static LiquidValue FromString(string value) => new(LiquidKind.String, value, 0);

    /// <summary>A text that outlives the render and is worth encoding once.</summary>
    public static LiquidValue FromText(string value) => new(LiquidKind.String, new LiquidText(value), 0);

    public static LiquidValue FromMarkup(string value) => new(LiquidKind.String, value, 1);

    public static LiquidValue FromArray(LiquidValue[] value) => new(LiquidKind.Array, value, 0);

    public static LiquidValue FromHash(LiquidHash value) => new(LiquidKind.Hash, value, 0);

    public static LiquidValue FromRange(LiquidRange value) => new(LiquidKind.Range, value, 0);

    public static LiquidValue FromDrop(LiquidDrop value) => new(LiquidKind.Drop, value, 0);

    public static LiquidValue FromDate(DateTimeOffset value) => new(LiquidKind.Date, value, 0);

    public static LiquidValue FromSlot(LiquidRow row, int slot) => new(LiquidKind.Slot, row, slot);
}
