namespace ClosedLoop.Liquid.Tests;

/// <summary>What each place of an HTML part makes of a value.</summary>
public sealed class ContextEscapeTests
{
    private static readonly LiquidParseOptions Options = new()
    {
        AutoEscape = LiquidAutoEscape.HtmlContext,
        Schema = LiquidSchema.FromColumns(["v", "w"]),
        PartialLoader = new LiquidPartials(new Dictionary<string, string>(StringComparer.Ordinal) { ["row"] = "<b>{{ v }}</b>", ["open"] = "<a href=\"{{ v }}" }),
    };

    [Theory]
    [InlineData("<p>{{ v }}</p>", "a<b & \"c\"", "<p>a&lt;b &amp; &quot;c&quot;</p>")]
    [InlineData("<p title=\"{{ v }}\">", "a\" b='c'", "<p title=\"a&quot; b=&#39;c&#39;\">")]
    [InlineData("<p title={{ v }}>", "a onclick=b", "<p title=a&#32;onclick&#61;b>")]
    [InlineData("<p title={{ v }} class=x>", "", "<p title=\"\" class=x>")]
    [InlineData("<p title={{- v -}}>", "a b", "<p title=a&#32;b>")]
    [InlineData("<!-- {{ v }} -->", "--><b>", "<!-- --&gt;&lt;b&gt; -->")]
    [InlineData("<!--[if mso]><a href=\"{{ v }}\">x</a><![endif]-->", "javascript:a", "<!--[if mso]><a href=\"\">x</a><![endif]-->")]
    [InlineData("<title>{{ v }}</title><p title=\"{{ w }}\">", "</title>", "<title>&lt;/title&gt;</title><p title=\"&lt;/title&gt;\">")]
    public void Text_and_attributes(string source, string value, string expected) => Assert.Equal(expected, Render(source, value));

    [Theory]
    [InlineData("<a href=\"{{ v }}\">", "https://a.example/?a=b&c=\"d\" e", "<a href=\"https://a.example/?a=b&amp;c=%22d%22%20e\">")]
    [InlineData("<a href=\"{{ v }}\">", "mailto:a@b.example", "<a href=\"mailto:a@b.example\">")]
    [InlineData("<a href=\"{{ v }}\">", " HTTPS://a.example/ä", "<a href=\"HTTPS://a.example/ä\">")]
    [InlineData("<a href=\"{{ v }}\">", "javascript:alert(1)", "<a href=\"\">")]
    [InlineData("<a href=\"{{ v }}\">", "data:text/html,x", "<a href=\"\">")]
    [InlineData("<a href=\"{{ v }}\">", "/relative", "<a href=\"\">")]
    [InlineData("<a href={{ v }} name=x>", "javascript:alert(1)", "<a href=\"\" name=x>")]
    [InlineData("<a href=\" {{ v }}:{{ w }}\">", "javascript", "<a href=\" :javascript\">")]
    [InlineData("<a href=\"https://a.example/{{ v }}?q={{ w }}\">", "a b/c?d&e=ü:", "<a href=\"https://a.example/a%20b/c%3Fd%26e%3D%C3%BC%3A?q=a%20b%2Fc%3Fd%26e%3D%C3%BC%3A\">")]
    [InlineData("<a href=\"https://a.example/?q={{ v | url_encode }}\">", "a b&c", "<a href=\"https://a.example/?q=a+b%26c\">")]
    [InlineData("<a href=\"mailto:{{ v }}?subject={{ w }}\">", "a@b.example", "<a href=\"mailto:a@b.example?subject=a%40b.example\">")]
    [InlineData("<a href=\"javascript:f('{{ v }}')\">", "x", "<a href=\"javascript:f('')\">")]
    [InlineData("<a href=\"java{{ v }}\">", "script:alert(1)", "<a href=\"javascript%3Aalert%281%29\">")]
    [InlineData("<img srcset=\"https://a.example/1 1x, {{ v }} 2x\">", "javascript:x", "<img srcset=\"https://a.example/1 1x,  2x\">")]
    [InlineData("<a href=\"{% if v %}{{ v }}{% else %}https://b.example/{% endif %}?x={{ w }}\">", "https://a.example/&", "<a href=\"https://a.example/&amp;?x=https%3A%2F%2Fa.example%2F%26\">")]
    [InlineData("<a href=\"{{ v | split: ',' }}\">", "java,script:alert(1)", "<a href=\"\">")]
    [InlineData("{% capture u %}https://a.example/?q={{ v }}{% endcapture %}<a href=\"{{ u }}\">", "a&\"b", "<a href=\"https://a.example/?q=a&amp;%22b\">")]
    public void Addresses(string source, string value, string expected) => Assert.Equal(expected, Render(source, value));

    [Theory]
    [InlineData("<p style=\"color:{{ v }}\">", "#ff0000", "<p style=\"color:#ff0000\">")]
    [InlineData("<p style=\"color:{{ v }}\">", "red;background:url(x)", "<p style=\"color:\">")]
    [InlineData("<p style=\"font-family:'{{ v }}'\">", "a'b</style>", "<p style=\"font-family:'a\\27 b\\3C \\2F style\\3E '\">")]
    [InlineData("<p style=\"background:url({{ v }})\">", "https://a.example/x(1).png", "<p style=\"background:url(https://a.example/x%281%29.png)\">")]
    [InlineData("<p style=\"background:url('{{ v }}')\">", "javascript:x", "<p style=\"background:url('')\">")]
    [InlineData("<style>p{color:{{ v }}}</style><b>{{ w }}</b>", "</style><i>", "<style>p{color:}</style><b>&lt;/style&gt;&lt;i&gt;</b>")]
    [InlineData("<script>var a='{{ v }}';</script>{{ w }}", "<", "<script>var a='';</script>&lt;")]
    [InlineData("<script type=\"application/ld+json\">{\"n\":\"{{ v }}\",\"m\":{{ w }}}</script>", "a\"</script>", "<script type=\"application/ld+json\">{\"n\":\"a\\u0022\\u003C/script\\u003E\",\"m\":}</script>")]
    [InlineData("<p onclick=\"f('{{ v }}')\">", "x", "<p onclick=\"f('')\">")]
    [InlineData("<p {{ v }}=\"{{ w }}\">", "onclick", "<p =\"\">")]
    [InlineData("<h{{ v }}>", "2", "<h2>")]
    [InlineData("<h{{ v }}>", "2 onclick=x", "<h>")]
    [InlineData("<meta http-equiv=\"refresh\" content=\"{{ v }}\">", "0;url=javascript:x", "<meta http-equiv=\"refresh\" content=\"\">")]
    public void Styles_scripts_and_names(string source, string value, string expected) => Assert.Equal(expected, Render(source, value));

    [Theory]
    [InlineData("{% if v %}<a href=\"{% else %}<b>{% endif %}{{ v }}", "<x> y:z", "<a href=\"xyz")]
    [InlineData("<td {% if v %}class=\"{{ v }}\"{% endif %} title=\"{{ w }}\">", "a\"", "<td class=\"a&quot;\" title=\"a&quot;\">")]
    [InlineData("{% for i in (1..2) %}<p title=\"{{ v }}\">{{ v }}</p>{% endfor %}", "\"", "<p title=\"&quot;\">&quot;</p><p title=\"&quot;\">&quot;</p>")]
    [InlineData("{% for i in (1..2) %}<a href=\"{{ v }}{% endfor %}", "https://a.example", "<a href=\"httpsa.example<a href=\"httpsa.example")]
    [InlineData("{% for i in (1..2) %}{% if i == 1 %}<a href=\"{% break %}{% endif %}{% endfor %}{{ v }}", "javascript:x", "<a href=\"javascriptx")]
    [InlineData("<p class=\"{% cycle 'k': 'odd', v %}{% cycle 'k': 'odd', v %}\">", "\"", "<p class=\"odd&quot;\">")]
    [InlineData("{% render 'row', v: w %}{% include 'row' %}", "<", "<b>&lt;</b><b>&lt;</b>")]
    [InlineData("{{ v | raw }}<p title=\"{{ v | escape }}\">{{ v | escape }}", "<&>", "<&><p title=\"&lt;&amp;&gt;\">&lt;&amp;&gt;")]
    public void Branches_and_loops(string source, string value, string expected) => Assert.Equal(expected, Render(source, value));

    [Theory]
    [InlineData("<a href=\"{% render 'row' %}\">")]
    [InlineData("<style>{% include 'row' %}</style>")]
    [InlineData("{% render 'open' %}")]
    public void A_partial_where_its_outputs_could_not_be_made_safe_is_an_error(string source)
    {
        var error = Assert.ThrowsAny<LiquidException>(() => Render(source, "x"));
        Assert.Equal(LiquidErrorCode.UnsafePlace, error.Code);
    }

    [Theory]
    [InlineData("<p onclick=\"{{ v }}\">", 1, 15)]
    [InlineData("<b>\n<p {{ v }}>", 2, 6)]
    [InlineData("<p title={{ v }}>", 1, 12)]
    [InlineData("{% if v %}<a href=\"{% else %}<b>{% endif %}{{ v }}", 1, 46)]
    public void A_doubtful_place_is_told_with_its_position(string source, int line, int column)
    {
        var warning = Assert.Single(LiquidTemplate.Parse(source, Options).Warnings);
        Assert.Equal((LiquidWarningCode.DoubtfulPlace, line, column), (warning.Code, warning.Line, warning.Column));
    }

    [Theory]
    [InlineData(LiquidAutoEscape.HtmlContext, "{{ v }}", "<b>A&amp;B</b>")]
    [InlineData(LiquidAutoEscape.HtmlContext, "<p title=\"{{ v }}\">", "<p title=\"A&amp;B\">")]
    [InlineData(LiquidAutoEscape.HtmlContext, "<a href=\"{{ v }}\">", "<a href=\"\">")]
    [InlineData(LiquidAutoEscape.HtmlContext, "{{ v | upcase }}", "&lt;B&gt;A&amp;AMP;B&lt;/B&gt;")]
    [InlineData(LiquidAutoEscape.Html, "{{ v }}", "&lt;b&gt;A&amp;amp;B&lt;/b&gt;")]
    [InlineData(LiquidAutoEscape.None, "{{ v }}", "A&B")]
    public void A_column_of_markup_is_written_as_it_is_where_text_stands(LiquidAutoEscape escape, string source, string expected)
    {
        var options = Options with { AutoEscape = escape, Schema = new LiquidSchema([new LiquidSlot("v", 0, IsHtml: true)]) };
        Assert.Equal(expected, SlotTests.Render(LiquidTemplate.Parse(source, options), new TestRow("<b>A&amp;B</b>")));
    }

    [Fact]
    public void A_constant_folded_ahead_is_escaped_for_its_place()
    {
        var template = LiquidTemplate.Parse("<a href=\"{{ campaign.url }}\" title=\"{{ campaign.url }}\">", Options)
            .Bind(new Dictionary<string, object?>(StringComparer.Ordinal) { ["campaign"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["url"] = "javascript:'x'" } });

        Assert.True(template.IsConstant);
        Assert.Equal("<a href=\"\" title=\"javascript:&#39;x&#39;\">", template.RenderToString());
    }

    /// <summary>By a row, and by plain data: both ways must agree.</summary>
    private static string Render(string source, string value)
    {
        var template = LiquidTemplate.Parse(source, Options);
        var byRow = SlotTests.Render(template, new TestRow(value, value));
        var byData = template.RenderToString(new Dictionary<string, object?>(StringComparer.Ordinal) { ["v"] = value, ["w"] = value });
        Assert.Equal(byRow, byData);
        return byRow;
    }
}
