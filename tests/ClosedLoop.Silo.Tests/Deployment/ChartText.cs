using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ClosedLoop.Silo.Tests.Deployment;

/// <summary>
/// Renders the little of Helm's language that the chart is allowed to use: values, <c>quote</c>, <c>toYaml</c>, <c>nindent</c>, <c>if</c> and <c>range</c> over a list, not nested. Anything else is an error, so that the
/// chart stays one that can be checked here.
/// </summary>
internal sealed partial class ChartText(JsonElement values, string release)
{
    public string Render(string template)
    {
        var output = new StringBuilder();
        var (skipping, range, body) = (false, (JsonElement?)null, new List<string>());
        foreach (var line in template.Split('\n'))
        {
            var control = Control().Match(line);
            if (!control.Success)
            {
                if (range is not null) body.Add(line);
                else if (!skipping) output.Append(Expression().Replace(line, found => Value(found.Groups["text"].Value, item: null))).Append('\n');
                continue;
            }

            switch (control.Groups["word"].Value)
            {
                case "if":
                    skipping = !IsTrue(Find(control.Groups["rest"].Value));
                    break;
                case "range":
                    range = Find(control.Groups["rest"].Value);
                    break;
                default:
                    foreach (var item in range is { } list ? list.EnumerateArray().ToList() : [])
                        foreach (var repeated in body) output.Append(Expression().Replace(repeated, found => Value(found.Groups["text"].Value, item))).Append('\n');
                    (skipping, range) = (false, null);
                    body.Clear();
                    break;
            }
        }

        return output.ToString();
    }

    private string Value(string expression, JsonElement? item)
    {
        var steps = expression.Split('|', StringSplitOptions.TrimEntries);
        var value = steps[0] == "." && item is { } one ? one : steps[0] == ".Release.Name" ? JsonSerializer.SerializeToElement(release) : Find(steps[0]);
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        foreach (var step in steps.Skip(1))
        {
            text = step.Split(' ') switch
            {
                ["quote"] => JsonSerializer.Serialize(text),
                ["toYaml"] => text,
                ["nindent", var width] => "\n" + new string(' ', int.Parse(width, CultureInfo.InvariantCulture)) + text.ReplaceLineEndings(" "),
                _ => throw new NotSupportedException(step),
            };
        }

        return text;
    }

    private JsonElement Find(string name)
    {
        var steps = name.Trim().Split('.');
        if (steps is not ["", "Values", ..]) throw new NotSupportedException(name);
        return values.At(steps[2..]);
    }

    private static bool IsTrue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!.Length > 0,
        JsonValueKind.True => true,
        _ => false,
    };

    [GeneratedRegex(@"^\s*\{\{-? (?<word>if|range|end)\b(?<rest>[^}]*?)-?\}\}\s*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Control();

    [GeneratedRegex(@"\{\{-? (?<text>[^}]+?) \}\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Expression();
}
