using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClosedLoop.Silo.Proofs;

/// <summary>
/// The one way in which a document is written (RFC 8785, without fractions): names in the order of their UTF-16 units, each once, no white space, whole
/// numbers, and no escape but where JSON needs it. What is signed and hashed is these bytes.
/// </summary>
internal static class CanonicalJson
{
    /// <exception cref="FormatException">The value has a name twice, or a number that is not whole.</exception>
    public static byte[] Of(JsonNode? node) => Of(JsonSerializer.SerializeToElement(node));

    /// <inheritdoc cref="Of(JsonNode?)"/>
    public static byte[] Of(JsonElement element)
    {
        var text = new StringBuilder();
        Write(text, element);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Write(StringBuilder text, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(text, element);
                break;
            case JsonValueKind.Array:
                text.Append('[');
                var first = true;
                foreach (var item in element.EnumerateArray())
                {
                    if (!first) text.Append(',');
                    first = false;
                    Write(text, item);
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                WriteText(text, element.GetString()!);
                break;
            case JsonValueKind.Number:
                text.Append(element.TryGetInt64(out var number)
                    ? number.ToString(CultureInfo.InvariantCulture)
                    : throw new FormatException($"the number {element.GetRawText()} is not whole"));
                break;
            default:
                text.Append(element.ValueKind switch { JsonValueKind.True => "true", JsonValueKind.False => "false", _ => "null" });
                break;
        }
    }

    private static void WriteObject(StringBuilder text, JsonElement element)
    {
        text.Append('{');
        string? last = null;
        foreach (var property in element.EnumerateObject().OrderBy(property => property.Name, StringComparer.Ordinal))
        {
            // Readers differ in which of two equal names they believe.
            if (property.Name == last) throw new FormatException($"the name '{property.Name}' is there twice");
            if (last is not null) text.Append(',');
            last = property.Name;
            WriteText(text, property.Name);
            text.Append(':');
            Write(text, property.Value);
        }

        text.Append('}');
    }

    /// <summary>RFC 8785 section 3.2.2.2.</summary>
    private static void WriteText(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\t' => text.Append("\\t"),
                '\n' => text.Append("\\n"),
                '\f' => text.Append("\\f"),
                '\r' => text.Append("\\r"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }
}
