using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClosedLoop.Model.Optimove;

namespace ClosedLoop.Optimove.Outbound;

/// <summary>Turns an event into attributes as hooks say (optimove spec sections 8.1 and 10.5).</summary>
internal static class HookMapper
{
    /// <summary>Longest value, in characters.</summary>
    public const int LongestValue = 4_000;

    /// <summary>Field and value for each field of every hook that the event fires.</summary>
    public static IReadOnlyList<(string Field, string Value)> Map(IReadOnlyList<OptimoveHook> hooks, HookEvent happened)
    {
        if (string.IsNullOrWhiteSpace(happened.ExternalId)) return [];
        var values = new List<(string, string)>();
        foreach (var hook in hooks.Where(hook => hook.Active && hook.Event.Equals(happened.Name, StringComparison.OrdinalIgnoreCase)))
        {
            foreach (var field in hook.Fields)
            {
                if (!TryFind(happened.Content, field.Path, out var node)) continue;
                var text = node is null ? (hook.ClearOnNull ? "" : null) : Format(node);
                if (text is not null) values.Add((field.RealFieldName, text));
            }
        }

        return values;
    }

    /// <summary>Truth as words, numbers and dates as every machine reads them.</summary>
    public static string? Format(JsonNode node)
    {
        if (node is not JsonValue value) return null;
        var text = value.GetValueKind() switch
        {
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Number => value.TryGetValue<decimal>(out var number) ? number.ToString(CultureInfo.InvariantCulture) : value.ToJsonString(),
            JsonValueKind.String => value.GetValue<string>(),
            _ => null,
        };
        return text is { Length: > LongestValue } ? text[..LongestValue] : text;
    }

    /// <summary>Follows a path of members; names compare without regard to case.</summary>
    private static bool TryFind(JsonObject content, string path, out JsonNode? node)
    {
        node = content;
        foreach (var name in path.Split('.'))
        {
            if (node is not JsonObject inner) return false;
            var member = inner.FirstOrDefault(pair => pair.Key.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (member.Key is null) return false;
            node = member.Value;
        }

        return true;
    }
}
