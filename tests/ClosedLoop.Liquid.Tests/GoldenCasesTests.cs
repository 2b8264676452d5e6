using System.Text;
using System.Text.Json;

namespace ClosedLoop.Liquid.Tests;

public sealed class GoldenCasesTests
{
    private const string File = "liquid/golden-liquid.json";

    [SharedDataFact(File)]
    public void All_golden_cases_give_the_expected_output()
    {
        var failures = new StringBuilder();
        using var document = JsonDocument.Parse(System.IO.File.ReadAllBytes(SharedData.PathOf(File)));
        var count = 0;
        foreach (var test in document.RootElement.GetProperty("tests").EnumerateArray())
        {
            count++;
            var found = Render(test, bind: false);
            if (!Expected(test).Contains(found))
            {
                failures.AppendLine(test.GetProperty("name").GetString()).Append("  ").AppendLine(found);
            }
        }

        Assert.True(count >= 700);
        Assert.Equal("", failures.ToString());
    }

    [SharedDataFact(File)]
    public void Binding_the_data_first_changes_no_golden_output()
    {
        var failures = new StringBuilder();
        using var document = JsonDocument.Parse(System.IO.File.ReadAllBytes(SharedData.PathOf(File)));
        foreach (var test in document.RootElement.GetProperty("tests").EnumerateArray())
        {
            // What is bound is visible inside "render", what is handed over per render is not: that is the one difference.
            var found = Render(test, bind: true);
            if (!Expected(test).Contains(found))
            {
                failures.AppendLine(test.GetProperty("name").GetString()).Append("  ").AppendLine(found);
            }
        }

        Assert.Equal("", failures.ToString());
    }

    private static List<string> Expected(JsonElement test)
    {
        if (test.TryGetProperty("invalid", out var invalid) && invalid.GetBoolean())
        {
            return ["refused"];
        }

        return test.TryGetProperty("results", out var results)
            ? [.. results.EnumerateArray().Select(r => r.GetString()!)]
            : [test.GetProperty("result").GetString()!];
    }

    private static string Render(JsonElement test, bool bind)
    {
        var partials = test.TryGetProperty("templates", out var templates)
            ? templates.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!)
            : [];
        var data = test.TryGetProperty("data", out var d) ? d : (object?)null;
        try
        {
            var template = LiquidTemplate.Parse(test.GetProperty("template").GetString()!, new LiquidParseOptions { PartialLoader = new LiquidPartials(partials) });
            return bind ? template.Bind(data).RenderToString() : template.RenderToString(data);
        }
        catch (LiquidException)
        {
            return "refused";
        }
    }
}
