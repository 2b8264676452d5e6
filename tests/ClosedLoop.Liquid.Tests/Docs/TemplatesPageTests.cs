using System.Text.RegularExpressions;
using ClosedLoop.Liquid.Filters;
using ClosedLoop.Liquid.Parsing;

namespace ClosedLoop.Liquid.Tests.Docs;

/// <summary>docs/templates.md and the engine say the same.</summary>
public sealed class TemplatesPageTests
{
    public static TheoryData<int> Lines => [.. TemplatesPage.Examples.Select(example => example.Line)];

    [Theory]
    [MemberData(nameof(Lines))]
    public void An_example_writes_what_the_page_says(int line)
    {
        var example = TemplatesPage.Examples.Single(e => e.Line == line);

        Assert.True(example.Output is null != example.Error is null, $"docs/templates.md, line {line}: an example has either '--- output' or '--- error'");
        Assert.Equal(example.Output ?? example.Error, example.Run());
    }

    [Fact]
    public void Every_tag_is_on_the_page_and_no_other() => AssertExplained("## Tags", TemplateParser.TagNames, @"(\{%-?|\n)\s*");

    [Fact]
    public void Every_filter_is_on_the_page_and_no_other() => AssertExplained("## Filters", FilterRegistry.Names.Concat(CatalogueFilters.Names), @"\|\s*");

    [Fact]
    public void Every_error_code_is_on_the_page() => Assert.Equal(
        typeof(LiquidErrorCode).GetFields().Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal),
        TemplatesPage.Rows("LQ").Where(cells => cells[0] != "LQ…").Select(cells => cells[0]));

    [Fact]
    public void Every_warning_code_is_on_the_page() => Assert.Equal(
        typeof(LiquidWarningCode).GetFields().Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal),
        TemplatesPage.Rows("LW").Select(cells => cells[0]));

    [Fact]
    public void Every_limit_is_on_the_page_with_its_value() => Assert.Equal(
        typeof(LiquidLimits).GetProperties().Where(p => p.GetMethod is { IsStatic: false }).Select(p => $"{p.Name} {p.GetValue(LiquidLimits.Default)}"),
        TemplatesPage.Rows("Max").Select(cells => $"{cells[0]} {cells[1]}"));

    private static void AssertExplained(string heading, IEnumerable<string> names, string before)
    {
        var entries = TemplatesPage.Entries(heading);

        Assert.Equal(names.Order(StringComparer.Ordinal), entries.Select(entry => entry.Name).Order(StringComparer.Ordinal));
        foreach (var entry in entries)
        {
            var use = new Regex($@"{before}{Regex.Escape(entry.Name)}(?!\w)", RegexOptions.None, TimeSpan.FromSeconds(1));
            Assert.True(entry.Examples.Any(example => use.IsMatch(example.Template)), $"no example below '{entry.Name}' uses it");
        }
    }
}
