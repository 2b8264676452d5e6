using System.Text.Json;
using ClosedLoop.Liquid;

namespace ClosedLoop.Conformance;

/// <summary>
/// Runs Liquid cases from outside: <c>{"tests": [{name, template, data, templates, result | results | invalid}]}</c>. A case is
/// passed when the output is (one of) the expected, or when the library refuses an invalid one with an error of its own.
/// </summary>
internal static class LiquidCases
{
    /// <summary>Prints each failure and the sums; 0 when there was none, 1 otherwise.</summary>
    public static int Run(string file, TextWriter output)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        var (passed, failed) = (0, 0);
        foreach (var test in document.RootElement.GetProperty("tests").EnumerateArray())
        {
            var actual = Render(test);
            if (IsExpected(test, actual))
            {
                passed++;
                continue;
            }

            failed++;
            output.WriteLine($"FAILED {test.GetProperty("name").GetString()}");
            output.WriteLine($"  template: {test.GetProperty("template").GetRawText()}");
            output.WriteLine($"  expected: {Expectation(test)}");
            output.WriteLine($"  found:    {(actual.Error is null ? JsonSerializer.Serialize(actual.Text) : actual.Error)}");
        }

        output.WriteLine($"{passed} passed, {failed} failed");
        return failed == 0 ? 0 : 1;
    }

    private static (string? Text, string? Error, bool IsOwnError) Render(JsonElement test)
    {
        try
        {
            var options = new LiquidParseOptions { PartialLoader = new LiquidPartials(Partials(test)), Mode = IsStrict(test) ? LiquidMode.Strict : LiquidMode.Lax };
            var template = LiquidTemplate.Parse(test.GetProperty("template").GetString()!, options);
            return (template.RenderToString(test.TryGetProperty("data", out var data) ? data : null), null, false);
        }
        catch (LiquidException e)
        {
            return (null, e.Message, true);
        }
        catch (Exception e)
        {
            // Anything else must show up as a failure of this case, not end the run.
            return (null, e.ToString(), false);
        }
    }

    /// <summary>The reference implementation has a mode in which the tags it usually searches for what fits are read by a grammar too.</summary>
    private static bool IsStrict(JsonElement test) =>
        test.TryGetProperty("tags", out var tags) && tags.EnumerateArray().Any(t => t.GetString() == "strict2");

    private static Dictionary<string, string> Partials(JsonElement test) => test.TryGetProperty("templates", out var templates)
        ? templates.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!, StringComparer.Ordinal)
        : [];

    private static bool IsExpected(JsonElement test, (string? Text, string? Error, bool IsOwnError) actual)
    {
        if (test.TryGetProperty("invalid", out var invalid) && invalid.GetBoolean())
        {
            return actual.IsOwnError;
        }

        return test.TryGetProperty("results", out var results)
            ? results.EnumerateArray().Any(r => r.GetString() == actual.Text)
            : test.GetProperty("result").GetString() == actual.Text;
    }

    private static string Expectation(JsonElement test)
    {
        if (test.TryGetProperty("invalid", out var invalid) && invalid.GetBoolean())
        {
            return "an error";
        }

        return test.TryGetProperty("results", out var results) ? $"one of {results.GetRawText()}" : test.GetProperty("result").GetRawText();
    }
}
