using System.Globalization;
using ClosedLoop.Model.Accounts;

namespace ClosedLoop.Intake.Orders.Lists;

/// <summary>Values of database fields: what each type takes, and the one form it is kept in (xml-delivery spec section 7).</summary>
public static class FieldValue
{
    private static readonly string[] DateTimeForms = ["yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm:ss"];

    /// <summary>
    /// The canonical form: numbers without sign <c>+</c>, blanks and leading zeros, flags as 0 and 1, times as <c>yyyy-MM-ddTHH:mm:ss</c>; text as it is.
    /// </summary>
    /// <returns>Null when the value, which is not empty, does not fit.</returns>
    public static string? Canonical(DatabaseField field, string text)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(text);
        if (field.Type is DatabaseFieldType.String or DatabaseFieldType.Text) return text.Length <= field.EffectiveLength ? text : null;
        var value = text.Trim();
        return field.Type switch
        {
            DatabaseFieldType.Char => value.Length == 1 ? value : null,
            DatabaseFieldType.Flag => value.ToLowerInvariant() switch { "1" or "true" => "1", "0" or "false" => "0", _ => null },
            DatabaseFieldType.Integer => Whole(value, int.MinValue, int.MaxValue),
            DatabaseFieldType.PositiveInteger => Whole(value, 0, int.MaxValue),
            DatabaseFieldType.Long => Whole(value, long.MinValue, long.MaxValue),
            DatabaseFieldType.Double => double.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                ? number.ToString("R", CultureInfo.InvariantCulture) : null,
            DatabaseFieldType.Date => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? value : null,
            DatabaseFieldType.Time => TimeOnly.TryParseExact(value, "HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? value : null,
            _ => DateTime.TryParseExact(value, DateTimeForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
                ? moment.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) : null,
        };
    }

    /// <summary>
    /// Whether UTF-8 is surely within a field of text, whose canonical form it is, too. Many values are, and need not be made into strings: a character has at least one byte.
    /// </summary>
    public static bool FitsAsItIs(DatabaseField field, ReadOnlySpan<byte> utf8)
    {
        ArgumentNullException.ThrowIfNull(field);
        return field.Type is DatabaseFieldType.String or DatabaseFieldType.Text && utf8.Length <= field.EffectiveLength;
    }

    /// <summary>The form a type expects, for messages.</summary>
    public static string Expected(DatabaseFieldType type) => type switch
    {
        DatabaseFieldType.Char => "one character",
        DatabaseFieldType.Flag => "0, 1, true or false",
        DatabaseFieldType.Integer => "a whole number from -2147483648 to 2147483647",
        DatabaseFieldType.PositiveInteger => "a whole number from 0 to 2147483647",
        DatabaseFieldType.Long => "a whole number of 64 bits",
        DatabaseFieldType.Double => "a number with a decimal point",
        DatabaseFieldType.Date => "yyyy-MM-dd",
        DatabaseFieldType.Time => "HH:mm:ss",
        DatabaseFieldType.DateTime or DatabaseFieldType.Timestamp => "yyyy-MM-ddTHH:mm:ss",
        _ => "text within the length of the field",
    };

    private static string? Whole(string value, long min, long max) =>
        long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number.ToString(CultureInfo.InvariantCulture) : null;
}
