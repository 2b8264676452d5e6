using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace ClosedLoop.Liquid.Tests;

/// <summary>Hostile values in every place, judged by an independent HTML parser: the document keeps its elements and attributes, and no address runs code.</summary>
public sealed class InjectionTests
{
    private static readonly string[] Payloads =
    [
        "<script>alert(1)</script>", "\"><script>alert(1)</script>", "'><img src=x onerror=alert(1)>", "\" onmouseover=\"alert(1)", "' onmouseover='alert(1)",
        "x onmouseover=alert(1)", "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)", "\u0001javascript:alert(1)",
        "javascript&colon;alert(1)", "&#106;avascript:alert(1)", "data:text/html;base64,PHNjcmlwdD4=", "vbscript:msgbox(1)", "//evil.example/x", "https://a.example/\"><b>",
        "https://a.example/' onclick='x", "-->", "--!><script>alert(1)</script>", "</style><script>alert(1)</script>", "</script><script>alert(1)</script>", "</title><script>alert(1)</script>",
        "</textarea><img src=x>", "red;background:url(javascript:alert(1))", "expression(alert(1))", "');alert(1);//", "\\", "\\'", "/*", "*/", "{{ 7 }}", "{% raw %}", "`", "=", ">", "/>", "x/>y", "]]>", "<!--",
        "\u2028alert(1)", "\"", "'", "&", "&quot;&gt;&lt;b&gt;", "",
    ];

    private static readonly string[] Places =
    [
        "<p>@</p>", "<p title=\"@\">x</p>", "<p title='@'>x</p>", "<p title=@>x</p>", "<p title=@ class=k>x</p>", "<p title=a@b>x</p>", "<a href=\"@\">x</a>", "<a href='@'>x</a>", "<a href=@>x</a>", "<a href=@ class=k>x</a>",
        "<a href=\"@@\">x</a>", "<a href=\"@:@\">x</a>", "<a href=\"java@\">x</a>", "<a href=\"/@\">x</a>", "<a href=\"https://a.example/@?x=@#@\">x</a>", "<a href=\"javascript:f('@')\">x</a>", "<img src=\"@\" alt=\"@\">", "<img srcset=\"@ 1x, @ 2x\">",
        "<td background=\"@\">", "<p style=\"color:@\">x</p>", "<p style='font-family:\"@\"'>x</p>", "<p style=\"background:url(@)\">x</p>", "<p style=\"background:url('@')\">x</p>", "<p style=color:@>x</p>",
        "<style>p{color:@;font-family:'@'}/*@*/</style><p>x</p>", "<script>var a=@,b='@';</script><p>x</p>", "<script type=\"application/ld+json\">{\"a\":\"@\",\"b\":@}</script><p>x</p>",
        "<title>@</title><p>x</p>", "<textarea>@</textarea><p>x</p>", "<!-- @ --><p>x</p>", "<!--[if mso]><a href=\"@\" title=\"@\">@</a><![endif]--><p>x</p>", "<p onclick=\"f('@')\">x</p>", "<p @>x</p>", "<p @=\"@\">x</p>", "<p class=\"k\" @ title=\"@\">x</p>",
        "<h1@>x</h1>", "<@>x", "<meta http-equiv=\"refresh\" content=\"@\">", "<iframe srcdoc=\"@\"></iframe>", "<form action=\"@\"><button formaction='@'>x</button></form>", "<object data=\"@\"></object>",
        "{% if v %}<a href=\"{% else %}<p title='{% endif %}@\" class='k'>@</a>", "{% if w %}<b>{% endif %}<p title=\"{% if v %}@{% endif %}\">@</p>", "{% capture c %}<i title=\"@\">@</i>{% endcapture %}<p title=\"{{ c }}\">{{ c }}</p>",
        "{% assign s = v | append: ':' %}<a href=\"{{ s }}@\">{{ s }}</a>", "{% assign m = v | escape %}<a href=\"{{ m }}\" title=\"{{ m }}\" class={{ m }}>{{ m }}</a>", "<p class={% cycle v, 'k' %}>x</p>", "<svg><a xlink:href=\"@\">x</a></svg>",
    ];

    private static readonly LiquidParseOptions Options = new() { AutoEscape = LiquidAutoEscape.HtmlContext, Schema = LiquidSchema.FromColumns(["v", "w"]) };
    private static readonly string[] AddressNames = ["href", "src", "srcset", "action", "formaction", "background", "data", "xlink:href"];

    public static TheoryData<string> AllPlaces => [.. Places];

    [Theory]
    [MemberData(nameof(AllPlaces))]
    public void No_value_changes_the_document(string place)
    {
        var template = LiquidTemplate.Parse(place.Replace("@", "{{ v }}", StringComparison.Ordinal), Options);

        // In the name of an element, digits are a value; everywhere else a harmless word is.
        var expected = Shape(Render(template, place.Contains("h1@", StringComparison.Ordinal) ? "" : "word"));
        foreach (var payload in Payloads)
        {
            // A template that asks whether there is a value writes another document without one.
            if (payload.Length == 0 && place.Contains("{% if", StringComparison.Ordinal)) continue;
            var html = Render(template, payload);
            var document = new HtmlParser().ParseDocument(html);
            Assert.True(expected == Shape(document), $"'{payload}' in {place} made {html}");
            Assert.DoesNotContain(document.All.SelectMany(element => element.Attributes), attribute => RunsCode(attribute, place));
            Assert.DoesNotContain(document.All, element => element.LocalName == "script" && element.TextContent.Contains("alert", StringComparison.Ordinal) && !place.Contains("ld+json", StringComparison.Ordinal));
            if (document.QuerySelector("[style]") is { } styled) Assert.DoesNotContain("javascript:", styled.GetAttribute("style"), StringComparison.OrdinalIgnoreCase);
        }
    }

    private static bool RunsCode(IAttr attribute, string place)
    {
        // The template's own code, into which nothing may be written.
        if (place.Contains("javascript:f('@')", StringComparison.Ordinal)) return attribute.Value.Contains("alert", StringComparison.Ordinal);
        if (attribute.Name == "onclick") return attribute.Value != "f('')";
        var value = new string([.. attribute.Value.Where(c => c > ' ')]);
        return attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase)
            || (AddressNames.Contains(attribute.Name, StringComparer.OrdinalIgnoreCase)
                && (value.Contains("script:", StringComparison.OrdinalIgnoreCase) || value.StartsWith("data:", StringComparison.OrdinalIgnoreCase)));
    }

    private static string Shape(string html) => Shape(new HtmlParser().ParseDocument(html));

    /// <summary>Elements and comments in order, each with the names of its attributes.</summary>
    private static string Shape(IDocument document) => string.Concat(document.DescendantsAndSelf().Select(node => node switch
    {
        IElement element => $"<{element.LocalName}{string.Concat(element.Attributes.Select(attribute => " " + attribute.Name))}>",
        IComment => "<!-->",
        _ => "",
    }));

    private static string Render(LiquidTemplate template, string value) => SlotTests.Render(template, new TestRow(value, value));
}
