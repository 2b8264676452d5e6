using System.Text.Json;

namespace ClosedLoop.Silo.Tests.Deployment;

/// <summary>Reads YAML with a parser that is not ours.</summary>
internal static class YamlText
{
    private const string Script =
        """
        import sys, json, yaml
        text = json.loads(sys.stdin.readline())
        print(json.dumps([d for d in yaml.safe_load_all(text) if d is not None]))
        """;

    public static async Task<IReadOnlyList<JsonElement>> ParseAsync(string text)
    {
        var output = await PythonReader.RunAsync(Script, [JsonSerializer.Serialize(text)]);
        try
        {
            using var document = JsonDocument.Parse(output);
            return [.. document.RootElement.EnumerateArray().Select(one => one.Clone())];
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(output, e);
        }
    }

    public static Task<IReadOnlyList<JsonElement>> ReadAsync(params string[] path) => ParseAsync(File.ReadAllText(Repository.PathOf(path)));

    /// <summary>The value at a way of names and positions.</summary>
    public static JsonElement At(this JsonElement element, params string[] way)
    {
        foreach (var step in way) element = int.TryParse(step, out var index) ? element[index] : element.GetProperty(step);
        return element;
    }
}
