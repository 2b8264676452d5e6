using System.Text.Json;
using System.Text.Json.Serialization;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Operations;

/// <summary>The settings in force, for looking at.</summary>
internal static class SettingsInForce
{
    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

    /// <summary>Keys a person would not want on a screen.</summary>
    private static readonly string[] Secret = ["ConnectionString", "Password", "Secret"];

    public static IReadOnlyList<KeyValuePair<string, string>> Of(SiloSettings settings)
    {
        var list = new List<KeyValuePair<string, string>>();
        Add(list, SiloSettings.Section, JsonSerializer.SerializeToElement(settings, Json));
        return list;
    }

    private static void Add(List<KeyValuePair<string, string>> list, string key, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject()) Add(list, $"{key}:{property.Name}", property.Value);
                break;
            case JsonValueKind.Array:
                var i = 0;
                foreach (var item in value.EnumerateArray()) Add(list, FormattableString.Invariant($"{key}:{i++}"), item);
                break;
            case JsonValueKind.Null:
                list.Add(new(key, ""));
                break;
            default:
                var isSecret = Secret.Any(word => key.EndsWith(word, StringComparison.Ordinal));
                list.Add(new(key, isSecret ? "(set)" : value.ToString()));
                break;
        }
    }
}
