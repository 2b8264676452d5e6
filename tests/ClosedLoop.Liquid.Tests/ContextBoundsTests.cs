using System.Globalization;

namespace ClosedLoop.Liquid.Tests;

/// <summary>Finding the places of outputs is bounded, and stays safe, for templates that were made to be difficult.</summary>
public sealed class ContextBoundsTests
{
    private static readonly LiquidParseOptions Options = new() { AutoEscape = LiquidAutoEscape.HtmlContext, Schema = LiquidSchema.FromColumns(["v", "w"]) };

    [Fact]
    public void Loops_in_loops_that_never_end_where_they_began_are_read_soon()
    {
        var source = string.Concat(Enumerable.Repeat("{% for i in v %}<a title=\"", 60)) + "{{ v }}" + string.Concat(Enumerable.Repeat("{% endfor %}", 60));
        Assert.NotNull(LiquidTemplate.Parse(source, Options));
    }

    [Fact]
    public void Endless_names_are_read_soon()
    {
        var letters = new string('a', 1_000_000);
        Assert.Equal($"<{letters} {letters}=\"&lt;\">", SlotTests.Render(LiquidTemplate.Parse($"<{letters} {letters}=\"{{{{ v }}}}\">", Options), new TestRow("<", null)));
    }

    [Fact]
    public void In_any_template_an_output_writes_no_quote_and_no_bracket()
    {
        string[] pieces =
        [
            "<a href=\"", "<a href=", "\"", "'", ">", "<b>", "</b>", "<p title='", "<p style=\"background:url(", ")", "<style>", "</style>", "<script>", "</script>", "<!--", "-->", " x=", "=", "/",
            "?q=", "https://a.example/", "javascript:", "{% if w %}", "{% else %}", "{% endif %}", "{% for i in (1..2) %}", "{% endfor %}", "{{ v }}", "{{ v }}", "{{ v | upcase }}", "{{ v | append: w }}", " ", "\n",
        ];
        for (var seed = 0; seed < 4000; seed++)
        {
            var random = new Random(seed);
            var source = string.Concat(Enumerable.Range(0, random.Next(1, 20)).Select(_ => pieces[random.Next(pieces.Length)]));
            try
            {
                var template = LiquidTemplate.Parse(source, Options);
                var harmless = SlotTests.Render(template, new TestRow("word", "w"));
                var hostile = SlotTests.Render(template, new TestRow("\">'<`script", "w"));
                Assert.True(Signs(harmless) == Signs(hostile), string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {source} made {hostile}"));
            }
            catch (LiquidException)
            {
                // Blocks that do not close are an error of the library, which is a good end.
            }
        }
    }

    /// <summary>The signs of HTML without the two quotes that stand for an empty value.</summary>
    private static string Signs(string html) => string.Concat(html.Replace("\"\"", "", StringComparison.Ordinal).Where(c => c is '<' or '>' or '"' or '\''));
}
