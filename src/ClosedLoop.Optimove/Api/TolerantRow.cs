using System.Globalization;
using System.Text.Json;

namespace ClosedLoop.Optimove.Api;

/// <summary>
/// An object of Optimove, read without minding how it is written: names in any case, <c>Id</c> for <c>ID</c>, numbers as texts, texts as numbers, <c>"NULL"</c> for
/// nothing (optimove spec section 2).
/// </summary>
internal readonly struct TolerantRow(JsonElement element)
{
    public JsonElement? Find(params ReadOnlySpan<string> names)
    {
        if (element.ValueKind != JsonValueKind.Object) return null;
        foreach (var name in names)
        {
            foreach (var property in element.EnumerateObject())
            {
                if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return IsNull(property.Value) ? null : property.Value;
            }
        }

        return null;
    }

    public string? Text(params ReadOnlySpan<string> names) => Find(names) is { } value ? TextOf(value) : null;

    /// <summary>A whole number of 31 bits; null for anything else.</summary>
    public int? Number(params ReadOnlySpan<string> names) =>
        Text(names) is { } text && int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? number : null;

    public bool? Flag(params ReadOnlySpan<string> names) => Text(names) is { } text && bool.TryParse(text, out var flag) ? flag : null;

    /// <summary>A list of texts: an array, or one text that the delimiter divides.</summary>
    public IReadOnlyList<string?> Texts(char delimiter, params ReadOnlySpan<string> names) => Find(names) switch
    {
        { ValueKind: JsonValueKind.Array } array => [.. array.EnumerateArray().Select(item => IsNull(item) ? null : TextOf(item))],
        { } one when TextOf(one) is { } text => [.. text.Split(delimiter).Select(part => part.Length == 0 || part == "NULL" ? null : part)],
        _ => [],
    };

    /// <summary>A scalar as text; an object or array as the JSON it is.</summary>
    public static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => value.GetRawText(),
    };

    private static bool IsNull(JsonElement value) =>
        value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined || (value.ValueKind == JsonValueKind.String && value.ValueEquals("NULL"u8));
}
