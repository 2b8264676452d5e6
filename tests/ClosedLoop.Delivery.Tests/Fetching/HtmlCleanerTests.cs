using AngleSharp;
using ClosedLoop.Delivery.Fetching;
using ClosedLoop.Model.Delivery;

namespace ClosedLoop.Delivery.Tests.Fetching;

public sealed class HtmlCleanerTests
{
    private static readonly Uri From = new("https://cms.example.com/a/b.html?x=1");

    [Theory]
    [InlineData("<p>a</p><script>alert(1)</script><p>b</p>", "<p>a</p><p>b</p>")]
    [InlineData("<iframe src=x><p>in</p></iframe>ok", "ok")]
    [InlineData("<p onclick=\"x()\" ONLOAD=y>a</p>", "<p>a</p>")]
    [InlineData("<img src=x.png onerror=alert(1) alt=a>", "<img src=\"https://cms.example.com/a/x.png\" alt=\"a\">")]
    [InlineData("<a href=\"javascript:alert(1)\">a</a>", "<a>a</a>")]
    [InlineData("<a href=\" java\tscript:alert(1)\">a</a>", "<a>a</a>")]
    [InlineData("<a href=\"data:text/html,x\">a</a>", "<a>a</a>")]
    [InlineData("<a href=\"vbscript:x\">a</a>", "<a>a</a>")]
    [InlineData("<a href=\"file:///etc/passwd\">a</a>", "<a>a</a>")]
    [InlineData("<a href=\"/x?a=1&amp;b=2\">a</a>", "<a href=\"https://cms.example.com/x?a=1&amp;b=2\">a</a>")]
    [InlineData("<a href=\"//cdn.example.com/x\">a</a>", "<a href=\"https://cdn.example.com/x\">a</a>")]
    [InlineData("<a href=\"#top\">a</a><a href=\"mailto:a@example.org\">b</a>", "<a href=\"#top\">a</a><a href=\"mailto:a@example.org\">b</a>")]
    [InlineData("<svg><a xlink:href=\"javascript:x\"></a></svg><math><mi></mi></math>ok", "ok")]
    [InlineData("<style>p{}</style><!-- [if mso]> x <![endif] --><b>ok</b>", "<b>ok</b>")]
    [InlineData("a<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>ok", "a")]
    [InlineData("<form action=/x><input name=a><b>ok</b></form>", "<b>ok</b>")]
    [InlineData("<form><form><script>x</script></form><p onclick=x>ok</p></form>", "<p>ok</p>")]
    [InlineData("<p style=\"color:red\">a</p>", "<p style=\"color:red\">a</p>")]
    [InlineData("<p style=\"background:url(https://x.example/)\">a</p>", "<p>a</p>")]
    [InlineData("<p style=\"width:e\\78pression(1)\">a</p>", "<p>a</p>")]
    [InlineData("<p x\"y=1 a/b=2>a</p>", "<p a=\"\" b=\"2\">a</p>")]
    [InlineData("<html><head><title>t</title><base href=https://evil.example></head><body onload=x><i>ok</i></body></html>", "<i>ok</i>")]
    [InlineData("a < b & c", "a &lt; b &amp; c")]
    [InlineData("<template><script>x</script></template><object data=x></object><embed src=x>ok", "ok")]
    public void What_runs_or_loads_is_taken_out(string html, string expected) => Assert.Equal(expected, Clean(html));

    [Fact]
    public void Cleaning_twice_changes_nothing()
    {
        foreach (var row in typeof(HtmlCleanerTests).GetMethod(nameof(What_runs_or_loads_is_taken_out))!.GetCustomAttributesData().Where(data => data.AttributeType == typeof(InlineDataAttribute)))
        {
            var html = (string)((IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)row.ConstructorArguments[0].Value!)[0].Value!;
            Assert.Equal(Clean(html), Clean(Clean(html)));
        }
    }

    [Fact]
    public void Depth_and_number_of_tags_are_bounded()
    {
        Assert.NotEmpty(Clean(string.Concat(Enumerable.Repeat("<div>", HtmlCleaner.MaxDepth)) + "x"));
        Assert.Equal(ContentFault.ContentRefused, Assert.Throws<ContentException>(() => Clean(string.Concat(Enumerable.Repeat("<div>", HtmlCleaner.MaxDepth + 1)) + "x")).Fault);
        Assert.Equal(ContentFault.ContentRefused, Assert.Throws<ContentException>(() => Clean(string.Concat(Enumerable.Repeat("<div>", HtmlCleaner.MaxTags)))).Fault);
        Assert.Equal(ContentFault.ContentRefused, Assert.Throws<ContentException>(() => Clean(string.Concat(Enumerable.Repeat("<br>", HtmlCleaner.MaxTags + 1)))).Fault);
    }

    [Theory]
    [InlineData("<h1>Offer</h1><p>Two  <b>for</b>\n one</p>", "Offer\nTwo for one")]
    [InlineData("<ul><li>a</li><li>b</li></ul>", "- a\n- b")]
    [InlineData("<p>To <a href=\"https://shop.example/\">the shop</a>.</p>", "To the shop https://shop.example/ .")]
    [InlineData("<a href=\"https://shop.example/\">https://shop.example/</a>", "https://shop.example/")]
    [InlineData("a<br>b<img src=x alt=\"c\">", "a\nbc")]
    [InlineData("a &amp; b &lt;c&gt;", "a & b <c>")]
    public void The_text_has_a_line_for_each_block_and_the_addresses_of_links(string html, string expected) =>
        Assert.Equal(expected, HtmlText.Of(HtmlCleaner.Clean(html, From)));

    private static string Clean(string html) => HtmlCleaner.Clean(html, From).ChildNodes.ToHtml();
}
