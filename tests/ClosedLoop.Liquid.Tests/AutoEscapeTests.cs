namespace ClosedLoop.Liquid.Tests;

public sealed class AutoEscapeTests
{
    private static readonly LiquidParseOptions Options = new()
    {
        AutoEscape = LiquidAutoEscape.Html,
        Schema = LiquidSchema.FromColumns(["name", "n"]),
    };

    [Theory]
    [InlineData("{{ name }}", "&lt;b&gt; &amp; &quot;ä&quot; &#39;")]
    [InlineData("{{ name | upcase }}", "&lt;B&gt; &amp; &quot;Ä&quot; &#39;")]
    [InlineData("{{ name | escape }}", "&lt;b&gt; &amp; &quot;ä&quot; &#39;")]
    [InlineData("{{ name | raw }}", "<b> & \"ä\" '")]
    [InlineData("{{ name | raw | upcase }}", "&lt;B&gt; &amp; &quot;Ä&quot; &#39;")]
    [InlineData("{{ name | url_encode }}", "%3Cb%3E+%26+%22%C3%A4%22+%27")]
    [InlineData("{{ name | slice: 0, 3 }}", "&lt;b&gt;")]
    [InlineData("{% capture c %}<i>{{ name }}</i>{% endcapture %}{{ c }}", "<i>&lt;b&gt; &amp; &quot;ä&quot; &#39;</i>")]
    [InlineData("{% assign a = name | slice: 0 %}{{ a }}{% echo a %}", "&lt;&lt;")]
    [InlineData("{{ '<' }}<p>{% if name contains '<' %}{{ missing }}{% endif %}", "&lt;<p>")]
    [InlineData("{{ name | split: ' ' }}", "&lt;b&gt;&amp;&quot;ä&quot;&#39;")]
    public void Everything_is_escaped_once_unless_declared_raw(string source, string expected)
    {
        Assert.Equal(expected, SlotTests.Render(LiquidTemplate.Parse(source, Options), new TestRow("<b> & \"ä\" '", "1")));
    }
}
