using System.Globalization;
using System.Text.Json;
using ClosedLoop.Optimove.Api;

namespace ClosedLoop.Optimove.Inbound;

/// <summary>
/// Reads a listener's call whatever way it is written: PascalCase of scheduled campaigns, camelCase of real-time ones, <c>Id</c> endings, ids as numbers or texts, an
/// array or commas for promotion codes, parameters flat or below <c>customerAttributes</c> (optimove spec section 4.1).
/// </summary>
internal static class EventParser
{
    /// <summary>Parameters kept, and the longest of them in characters (optimove spec section 12).</summary>
    public const int MostParameters = 100;

    public const int LongestParameter = 4096;

    private static readonly JsonDocumentOptions Json = new() { MaxDepth = 16, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private static readonly HashSet<string> Known = new(
        ["eventtypeid", "timestamp", "campaignid", "channelid", "templateid", "customerid", "promocode", "notes", "customerattributes"], StringComparer.OrdinalIgnoreCase);

    /// <exception cref="JsonException">The body is no JSON object, or deeper than 16 levels.</exception>
    public static ParsedEvent Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return Read(body);
        }
        catch (InvalidOperationException e)
        {
            // Half a surrogate pair, escaped, passes the reader and shows when the text is made.
            throw new JsonException(e.Message, e);
        }
    }

    private static ParsedEvent Read(ReadOnlyMemory<byte> body)
    {
        if (body.Span.StartsWith("\uFEFF"u8)) body = body[3..];
        using var document = JsonDocument.Parse(body, Json);
        if (document.RootElement.ValueKind != JsonValueKind.Object) throw new JsonException($"the body is {document.RootElement.ValueKind}; expected an object");
        var row = new TolerantRow(document.RootElement);
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        Flatten(document.RootElement, parameters, skipKnown: true);
        if (row.Find("customerAttributes") is { } attributes) Flatten(attributes, parameters, skipKnown: false);
        return new ParsedEvent
        {
            Type = row.Number("eventTypeID"),
            TimeStamp = row.Text("timeStamp"),
            Campaign = Trimmed(row.Text("campaignID")),
            ChannelId = row.Number("channelID"),
            TemplateId = row.Number("templateID"),
            Customer = Trimmed(row.Text("customerID")),
            PromoCodes = [.. row.Texts(',', "promoCode").OfType<string>().Select(code => code.Trim()).Where(code => code.Length > 0)],
            Notes = row.Text("notes"),
            Parameters = parameters,
        };
    }

    /// <summary>Reads a time of Optimove: with an offset as it says, without one in the zone given.</summary>
    /// <returns>Microseconds; null for what is no time.</returns>
    public static long? TimeOf(string? text, TimeZoneInfo zone)
    {
        if (text is null) return null;
        var culture = CultureInfo.InvariantCulture;
        string[] local = ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd"];
        if (DateTime.TryParseExact(text.Trim(), local, culture, DateTimeStyles.None, out var zoneless)) return Model.LocalTime.ToMicroseconds(zoneless, zone);
        return DateTimeOffset.TryParse(text, culture, DateTimeStyles.AssumeUniversal, out var moment) ? Model.Instants.ToMicroseconds(moment) : null;
    }

    private static void Flatten(JsonElement element, Dictionary<string, string> parameters, bool skipKnown)
    {
        if (element.ValueKind != JsonValueKind.Object) return;
        foreach (var property in element.EnumerateObject())
        {
            if (parameters.Count >= MostParameters) return;
            if (skipKnown && Known.Contains(property.Name)) continue;
            if (property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null) continue;
            var text = TolerantRow.TextOf(property.Value);
            parameters[property.Name] = text.Length > LongestParameter ? text[..LongestParameter] : text;
        }
    }

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
