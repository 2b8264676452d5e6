using System.Text.Json;
using System.Text.RegularExpressions;

namespace ClosedLoop.Liquid.Tests.Docs;

/// <summary>docs/templates.md taken apart: its examples, and the names it explains.</summary>
internal static partial class TemplatesPage
{
    private static readonly string[] Lines = File.ReadAllLines(Repository.PathOf("docs", "templates.md"));

    public static IReadOnlyList<PageExample> Examples { get; } = [.. ReadExamples(0, Lines.Length)];

    /// <summary>Entries (<c>**`name`** explanation</c>) below a heading, with the examples up to the next entry.</summary>
    public static IReadOnlyList<PageEntry> Entries(string heading)
    {
        var start = Array.IndexOf(Lines, heading) + 1;
        Assert.True(start > 0, $"the page has no heading '{heading}'");
        var end = Array.FindIndex(Lines, start, line => line.StartsWith("## ", StringComparison.Ordinal));
        end = end < 0 ? Lines.Length : end;
        var starts = Enumerable.Range(start, end - start).Where(i => Entry().IsMatch(Lines[i])).Append(end).ToArray();
        var entries = new List<PageEntry>();
        for (var i = 0; i + 1 < starts.Length; i++)
        {
            var match = Entry().Match(Lines[starts[i]]);
            entries.Add(new PageEntry(match.Groups[1].Value, match.Groups[2].Value, [.. ReadExamples(starts[i], starts[i + 1])]));
        }

        return entries;
    }

    /// <summary>Cells of the table rows whose first cell begins so.</summary>
    public static IEnumerable<string[]> Rows(string start) => Lines
        .Where(line => line.StartsWith("| `" + start, StringComparison.Ordinal))
        .Select(line => Array.ConvertAll(line.Trim('|', ' ').Split('|'), cell => cell.Trim(' ', '`')));

    /// <summary>Blocks fenced as <c>liquid</c>, <c>campaign</c> or <c>contactlab</c>, with <c>html</c> or not, that say what they write.</summary>
    private static IEnumerable<PageExample> ReadExamples(int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            var fence = Fence().Match(Lines[i]);
            if (!fence.Success)
            {
                continue;
            }

            var close = Array.IndexOf(Lines, "```", i);
            yield return ReadExample(i + 1, Lines[(i + 1)..close], fence.Groups[2].Success) with { Dialect = Enum.Parse<LiquidDialect>(fence.Groups[1].Value, ignoreCase: true) };
            i = close;
        }
    }

    private static PageExample ReadExample(int line, string[] block, bool isHtml)
    {
        var marks = Enumerable.Range(0, block.Length).Where(i => Mark().IsMatch(block[i])).Append(block.Length).ToArray();
        var example = new PageExample { Line = line, IsHtml = isHtml, Template = string.Join('\n', block[..marks[0]]) };
        for (var i = 0; i + 1 < marks.Length; i++)
        {
            var (word, rest) = (Mark().Match(block[marks[i]]).Groups[1].Value, Mark().Match(block[marks[i]]).Groups[2].Value);
            var text = string.Join('\n', block[(marks[i] + 1)..marks[i + 1]]);
            example = word switch
            {
                "columns" => example with { Columns = Json(rest) },
                "system" => example with { System = Json(rest) },
                "campaign" => example with { Campaign = Json(rest) },
                "data" => example with { Data = Json(rest) },
                "products" => example with { Products = Json(rest) },
                "recommendations" => example with { Recommendations = Json(rest) },
                "notes" => example with { Notes = Json(rest) },
                "function" => example with { Functions = new(example.Functions) { [rest] = text } },
                "partial" => example with { Partials = new(example.Partials) { [rest] = text } },
                "output" => example with { Output = text },
                "error" => example with { Error = text },
                _ => throw new InvalidDataException($"docs/templates.md, line {line}: unknown part '{word}' of an example"),
            };
        }

        return example;
    }

    private static Dictionary<string, JsonElement> Json(string text) => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(text)!;

    [GeneratedRegex(@"^\*\*`([^`]+)`\*\* (.+)$")]
    private static partial Regex Entry();

    [GeneratedRegex("^```(liquid|campaign|contactlab)( html)?$")]
    private static partial Regex Fence();

    [GeneratedRegex("^--- ([a-z]+) ?(.*)$")]
    private static partial Regex Mark();
}
