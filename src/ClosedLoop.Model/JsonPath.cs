using System.Globalization;
using System.Text.Json;

namespace ClosedLoop.Model;

/// <summary>Reads one value of a JSON text by a path of names and positions with dots between.</summary>
public static class JsonPath
{
    /// <summary>The value as text; null when there is none, or the text is no JSON.</summary>
    public static string? Find(string json, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Find(document.RootElement, path);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The value as text; null when there is none.</summary>
    public static string? Find(JsonElement element, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        foreach (var step in path.Split('.'))
        {
            if (element.ValueKind == JsonValueKind.Object && element.TryGetProperty(step, out var property)) element = property;
            else if (element.ValueKind == JsonValueKind.Array && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < element.GetArrayLength()) element = element[index];
            else return null;
        }

        return element.ValueKind switch
        {
            JsonValueKind.String => element.GetString(),
            JsonValueKind.Null or JsonValueKind.Object or JsonValueKind.Array => null,
            _ => element.GetRawText(),
        };
    }
}
