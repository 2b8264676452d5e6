using System.Buffers;
using System.Globalization;
using System.Text;
using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Optimove;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Optimove.Execution;

/// <summary>A customer's values in the columns of the client's list, so that templates read them like those of a file.</summary>
internal static class RecipientColumns
{
    /// <summary>Columns that get the promotion codes, in the order they are looked for.</summary>
    private static readonly string[] PromoColumns = ["promo_code", "promocode"];

    /// <param name="list">The client's list.</param>
    /// <param name="source">The source mailing.</param>
    /// <param name="address">Mail address; null for other channels.</param>
    /// <param name="profile">What the client knows of the person.</param>
    /// <param name="parameters">What Optimove said, by name of the column or of the attribute. Goes before the profile.</param>
    /// <param name="promoCodes">Promotion codes.</param>
    public static byte[] Write(
        ListDefinition list, long source, string? address, Profile profile, IReadOnlyDictionary<string, string> parameters, IReadOnlyList<string> promoCodes)
    {
        var output = new ArrayBufferWriter<byte>(256);
        foreach (var field in list.Fields)
        {
            var value = Value(field, source, address ?? profile.Email, profile, parameters, promoCodes);
            if (value is not null) value = Fit(field, value);
            RecipientFields.Write(output, value is null ? default : Encoding.UTF8.GetBytes(value), isNull: value is null);
        }

        return output.WrittenSpan.ToArray();
    }

    private static string? Value(
        FieldDefinition field, long source, string? address, Profile profile, IReadOnlyDictionary<string, string> parameters, IReadOnlyList<string> promoCodes)
    {
        if (Is(field, ListDefinition.EmailField)) return address;
        if (Is(field, ListDefinition.SourceField)) return source.ToString(CultureInfo.InvariantCulture);
        if (Is(field, ListDefinition.WaveField)) return null;
        if (parameters.TryGetValue(field.Name, out var said)) return said;
        if (promoCodes.Count > 0 && PromoColumns.Contains(field.Name, StringComparer.OrdinalIgnoreCase)) return string.Join(',', promoCodes);
        return profile.Attributes.FirstOrDefault(pair => pair.Key.Equals(field.Name, StringComparison.OrdinalIgnoreCase)).Value;
    }

    /// <summary>A value of another type than the column's is left out: one odd attribute must not cost a customer his message.</summary>
    private static string? Fit(FieldDefinition field, string value)
    {
        var culture = CultureInfo.InvariantCulture;
        var text = value.Trim();
        switch (field.Type)
        {
            case FieldType.String or FieldType.Text:
                return Cut(value, field.EffectiveLength);
            case FieldType.Short:
                return short.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var small) ? small.ToString(culture) : null;
            case FieldType.Integer:
                return int.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var whole) ? whole.ToString(culture) : null;
            case FieldType.Long:
                return long.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var large) ? large.ToString(culture) : null;
            case FieldType.Decimal or FieldType.Float:
                return decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, culture, out var number) ? number.ToString(culture) : null;
            case FieldType.Boolean:
                return bool.TryParse(text, out var flag) ? (flag ? "true" : "false") : text is "1" or "0" ? text : null;
            case FieldType.Date:
                return DateTime.TryParse(text, culture, DateTimeStyles.None, out var date) ? date.ToString("yyyy-MM-dd", culture) : null;
            default:
                return DateTime.TryParse(text, culture, DateTimeStyles.None, out var moment) ? moment.ToString("yyyy-MM-dd HH:mm:ss", culture) : null;
        }
    }

    private static string Cut(string value, int codePoints)
    {
        if (value.Length <= codePoints) return value;
        var runes = value.EnumerateRunes().Take(codePoints).Sum(rune => rune.Utf16SequenceLength);
        return value[..runes];
    }

    private static bool Is(FieldDefinition field, string name) => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
