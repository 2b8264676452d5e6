namespace ClosedLoop.Liquid.Tests;

public sealed class ErrorTests
{
    private static readonly LiquidParseOptions Strict = new()
    {
        TemplateName = "letter.html",
        Mode = LiquidMode.Strict,
        Schema = LiquidSchema.FromColumns(["firstname", "city"], alias: "recipient", globals: ["campaign"]),
    };

    [Theory]
    [InlineData("a\n  {{ fristname }}", LiquidErrorCode.UnknownVariable, 2, 6)]
    [InlineData("{{ recipient.town }}", LiquidErrorCode.UnknownVariable, 1, 4)]
    [InlineData("{{ city | shout }}", LiquidErrorCode.UnknownFilter, 1, 11)]
    [InlineData("{{ city | upcase: 1 }}", LiquidErrorCode.ArgumentCount, 1, 11)]
    [InlineData("{% if city %}\n{% frob %}\n{% endif %}", LiquidErrorCode.UnknownTag, 2, 4)]
    [InlineData("x\n{% if city %}\n", LiquidErrorCode.UnclosedBlock, 2, 4)]
    [InlineData("x {{ city", LiquidErrorCode.UnclosedTag, 1, 3)]
    [InlineData("x {% if city", LiquidErrorCode.UnclosedTag, 1, 3)]
    [InlineData("{% if city ==== 1 %}{% endif %}", LiquidErrorCode.Syntax, 1, 14)]
    [InlineData("{{ 'abc }}", LiquidErrorCode.Syntax, 1, 4)]
    [InlineData("{% endif %}", LiquidErrorCode.UnknownTag, 1, 4)]
    public void A_parse_error_says_where(string source, string code, int line, int column)
    {
        var error = Assert.Throws<LiquidParseException>(() => LiquidTemplate.Parse(source, Strict));

        Assert.Equal((code, line, column, "letter.html"), (error.Code, error.Line, error.Column, error.TemplateName));
        Assert.Equal(source.Split('\n')[line - 1], error.SourceLine);
        Assert.StartsWith($"letter.html({line},{column}): {code}: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistyped_column_is_recognised()
    {
        Assert.Equal("perhaps 'firstname'", Assert.Throws<LiquidParseException>(() => LiquidTemplate.Parse("{{ fristname }}", Strict)).Expected);
    }

    [Theory]
    [InlineData("{{ firstname }}{{ recipient.city }}{{ campaign.anything }}")]
    [InlineData("{% assign x = 1 %}{{ x }}{% for y in campaign.list %}{{ y }}{{ forloop.index }}{% endfor %}")]
    [InlineData("{% capture z %}{% endcapture %}{{ z }}{% increment n %}{{ n }}")]
    public void Known_names_pass_the_strict_mode(string source)
    {
        Assert.NotNull(LiquidTemplate.Parse(source, Strict));
    }

    [Theory]
    [InlineData("a\nb {{ 1 | divided_by: 0 }}", LiquidErrorCode.DivisionByZero, 2, 10)]
    [InlineData("{% if 'a' < 1 %}{% endif %}", LiquidErrorCode.IncompatibleTypes, 1, 11)]
    [InlineData("{% include 'nothing' %}", LiquidErrorCode.PartialNotFound, 1, 4)]
    [InlineData("{{ 'a' | slice: 'b' }}", LiquidErrorCode.InvalidArgument, 1, 10)]
    public void A_render_error_says_where(string source, string code, int line, int column)
    {
        var error = Assert.Throws<LiquidRenderException>(() => LiquidTemplate.Parse(source).RenderToString());

        Assert.Equal((code, line, column), (error.Code, error.Line, error.Column));
    }

    [Fact]
    public void An_error_in_a_partial_names_the_partial()
    {
        var options = new LiquidParseOptions { PartialLoader = new LiquidPartials(new Dictionary<string, string> { ["foot"] = "\n{{ 1 | modulo: 0 }}" }) };

        foreach (var tag in (string[])["include", "render"])
        {
            var error = Assert.Throws<LiquidRenderException>(() => LiquidTemplate.Parse($"{{% {tag} 'foot' %}}", options).RenderToString());
            Assert.Equal(("foot", 2), (error.TemplateName, error.Line));
        }
    }
}
