using System.Buffers.Text;
using System.Numerics;
using ClosedLoop.Model.Lists;

namespace ClosedLoop.Intake.Subscribers;

/// <summary>Types and lengths of field values (closed-loop spec section 5), on UTF-8 without making strings.</summary>
internal static class FieldCheck
{
    /// <summary>STRING and TEXT keep the white space around them; every other type is read trimmed (section 4).</summary>
    public static bool IsTyped(FieldType type) => type is not (FieldType.String or FieldType.Text);

    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> value) => value.Trim(" \t"u8);

    /// <summary>Checks a value that is not empty.</summary>
    public static FieldFault Check(FieldDefinition field, ReadOnlySpan<byte> value)
    {
        if (!IsTyped(field.Type)) return IsTooLong(value, field.EffectiveLength) ? FieldFault.TooLong : FieldFault.None;
        var fits = field.Type switch
        {
            FieldType.Long => TryLong(value, out _),
            FieldType.Integer => TryLong(value, out var n) && n is >= int.MinValue and <= int.MaxValue,
            FieldType.Short => TryLong(value, out var n) && n is >= short.MinValue and <= short.MaxValue,
            FieldType.Decimal or FieldType.Float => IsDecimal(value),
            FieldType.Date => IsDate(value),
            FieldType.Timestamp => IsTimestamp(value),
            FieldType.Boolean => value.SequenceEqual("true"u8) || value.SequenceEqual("false"u8) || value.SequenceEqual("1"u8) || value.SequenceEqual("0"u8),
            _ => throw new ArgumentOutOfRangeException(nameof(field), field.Type, "unknown field type"),
        };
        return fits ? FieldFault.None : FieldFault.WrongType;
    }

    /// <summary>The form a type expects, for messages.</summary>
    public static string Expected(FieldType type) => type switch
    {
        FieldType.Long => "a whole number of at most 19 digits",
        FieldType.Integer => "a whole number from -2147483648 to 2147483647",
        FieldType.Short => "a whole number from -32768 to 32767",
        FieldType.Decimal or FieldType.Float => "a number with a decimal point",
        FieldType.Date => "yyyy-MM-dd",
        FieldType.Timestamp => "yyyy-MM-dd HH:mm:ss",
        FieldType.Boolean => "true, false, 1 or 0",
        _ => "text",
    };

    /// <summary><c>-?[0-9]{1,19}</c> within 64 bits.</summary>
    public static bool TryLong(ReadOnlySpan<byte> value, out long number)
    {
        number = 0;
        var digits = value.Length > 0 && value[0] == '-' ? value[1..] : value;
        if (digits.Length is 0 or > 19 || digits.ContainsAnyExceptInRange((byte)'0', (byte)'9')) return false;
        return Utf8Parser.TryParse(value, out number, out var used) && used == value.Length;
    }

    /// <summary>A mailing id: <c>[1-9][0-9]{0,18}</c> within 64 bits (section 4.1, 28).</summary>
    public static bool TrySourceId(ReadOnlySpan<byte> value, out long id)
    {
        id = 0;
        return value.Length > 0 && value[0] is >= (byte)'1' and <= (byte)'9' && TryLong(value, out id);
    }

    // A code point has at least one byte, so only a value of more bytes than the limit has to be counted.
    private static bool IsTooLong(ReadOnlySpan<byte> value, int limit) => value.Length > limit && CodePoints(value) > limit;

    private static int CodePoints(ReadOnlySpan<byte> value)
    {
        var count = 0;
        if (Vector<byte>.IsSupported)
        {
            while (value.Length >= Vector<sbyte>.Count)
            {
                // Continuation bytes are 0x80..0xBF, which as signed numbers are those below -64.
                var isContinuation = Vector.LessThan(Vector.AsVectorSByte(new Vector<byte>(value)), new Vector<sbyte>(-64));
                count += Vector<sbyte>.Count + Vector.Sum(isContinuation);
                value = value[Vector<sbyte>.Count..];
            }
        }

        foreach (var b in value)
        {
            if ((b & 0xC0) != 0x80) count++;
        }

        return count;
    }

    private static bool IsDecimal(ReadOnlySpan<byte> value)
    {
        if (value[0] == '-') value = value[1..];
        var point = value.IndexOf((byte)'.');
        var whole = point < 0 ? value : value[..point];
        if (whole.IsEmpty || whole.ContainsAnyExceptInRange((byte)'0', (byte)'9')) return false;
        if (point < 0) return true;
        var fraction = value[(point + 1)..];
        return !fraction.IsEmpty && !fraction.ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    private static bool IsDate(ReadOnlySpan<byte> value)
    {
        if (value.Length != 10 || value[4] != '-' || value[7] != '-') return false;
        if (!TryDigits(value[..4], out var year) || !TryDigits(value[5..7], out var month) || !TryDigits(value[8..], out var day)) return false;
        return year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
    }

    private static bool IsTimestamp(ReadOnlySpan<byte> value)
    {
        if (value.Length != 19 || value[10] != ' ' || value[13] != ':' || value[16] != ':' || !IsDate(value[..10])) return false;
        return TryDigits(value[11..13], out var hour) && hour < 24 && TryDigits(value[14..16], out var minute) && minute < 60
            && TryDigits(value[17..], out var second) && second < 60;
    }

    private static bool TryDigits(ReadOnlySpan<byte> value, out int number)
    {
        number = 0;
        foreach (var b in value)
        {
            if ((uint)(b - '0') > 9) return false;
            number = (number * 10) + (b - '0');
        }

        return true;
    }
}
