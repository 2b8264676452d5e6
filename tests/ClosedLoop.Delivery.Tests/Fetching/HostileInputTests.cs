using AngleSharp;
using AngleSharp.Html.Parser;
using ClosedLoop.Delivery.Fetching;
using ClosedLoop.Model.Delivery;
using Xunit.Abstractions;

namespace ClosedLoop.Delivery.Tests.Fetching;

/// <summary>Random addresses and random markup: refused with a fault of ours, or harmless.</summary>
public sealed class HostileInputTests(ITestOutputHelper output)
{
    private static readonly Uri From = new("https://cms.example.com/a/b");

    private static readonly string[] AddressPieces =
    [
        "http", "https", "ftp", "file", ":", "//", "/", "\\", "@", "#", "?", ".", "..", "%00", "%2e", "%40", "[", "]", "::", "::1", "ffff:", "127", "0x7f", "0177", "1", "256", "localhost", "example.com", "xn--", "xn--bcher-kva",
        "\u00fc", "\u3002", "\uff0e", "\u2488", "\u200d", "\u00ad", "\ud800", "user:pw", ":80", ":99999", ":-1", ":", " ", "\t", "\n", "\0", "a", "-", "_", "%", "&", ";", "'", "\"", "<", "{", "}", "^", "|", "`",
    ];

    private static readonly string[] MarkupPieces =
    [
        "<", ">", "</", "/>", "<p>", "</p>", "<b>", "</b>", "<a href=", "<img src=", "<svg>", "</svg>", "<math>", "<mtext>", "<mglyph>", "<style>", "</style>", "<script>", "</script>", "<noscript>", "</noscript>", "<template>", "<table>", "<tr>", "<td>",
        "</table>", "<select>", "<option>", "<form>", "</form>", "<title>", "</title>", "<textarea>", "</textarea>", "<xmp>", "<plaintext>", "<!--", "-->", "--!>", "<![CDATA[", "]]>", "<?", "<!doctype html>", "<body onload=x>", "<head>", "<frameset>", "<foreignObject>",
        " onclick=", " ONERROR='x'", " style=", " srcdoc=", " xlink:href=", "javascript:alert(1)", "java\tscript:x", "&#106;avascript:x", "data:text/html,x", "https://x.example/", "\"", "'", "=", " ", "\n", "\0", "&lt;", "&#x3c;", "&amp;", "{{ x }}", "{%", "text", "\u2028", "\ud800", "<a><a>", "<b><p></b>", "<pre>\n\n",
    ];

    [Fact]
    public void An_address_is_refused_or_has_one_reading()
    {
        var random = Seeded();
        var good = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var text = (random.Next(2) == 0 ? "http://" : "") + Some(random, AddressPieces, 8);
            try
            {
                var address = ContentAddress.Parse(text);
                good++;
                Assert.True(address.Uri.Scheme is "http" or "https", text);
                Assert.True(address.Uri.UserInfo.Length == 0, text);
                Assert.Equal(address.Host, address.Uri.IdnHost.Trim('[', ']'));
                Assert.Equal(address.Uri, ContentAddress.Parse(address.Uri.AbsoluteUri).Uri);
                _ = address.Follow(Some(random, AddressPieces, 5));
            }
            catch (ContentException)
            {
                // Refused.
            }
        }

        Assert.InRange(good, 100, 20_000);
    }

    [Fact]
    public void Cleaned_markup_is_harmless_to_whoever_reads_it_next()
    {
        var random = Seeded();
        for (var i = 0; i < 5_000; i++)
        {
            var html = Some(random, MarkupPieces, 40);
            string cleaned;
            try
            {
                var body = HtmlCleaner.Clean(html, From);
                cleaned = body.ChildNodes.ToHtml();
                _ = HtmlText.Of(body);
            }
            catch (ContentException)
            {
                continue;
            }

            foreach (var isScripting in new[] { false, true }) AssertHarmless(cleaned, html, isScripting);
        }
    }

    private static void AssertHarmless(string cleaned, string html, bool isScripting)
    {
        foreach (var element in new HtmlParser(new HtmlParserOptions { IsScripting = isScripting }).ParseDocument("<body>" + cleaned).Body!.QuerySelectorAll("*"))
        {
            Assert.True(element.LocalName is not ("script" or "iframe" or "style" or "svg" or "math" or "form" or "object" or "noscript" or "template"), $"{element.LocalName} in {cleaned} of {html}");
            foreach (var attribute in element.Attributes)
            {
                Assert.False(attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase), $"{attribute.Name} in {cleaned} of {html}");
                if (attribute.Name is "href" or "src") Assert.True(attribute.Value.StartsWith('#') || attribute.Value.StartsWith("http", StringComparison.Ordinal), $"{attribute.Value} in {cleaned} of {html}");
            }
        }
    }

    private static string Some(Random random, string[] pieces, int most) => string.Concat(Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => pieces[random.Next(pieces.Length)]));

    private Random Seeded()
    {
        var seed = Environment.GetEnvironmentVariable("CLOSEDLOOP_SEED") is { } given ? int.Parse(given, System.Globalization.CultureInfo.InvariantCulture) : Random.Shared.Next();
        output.WriteLine($"CLOSEDLOOP_SEED={seed}");
        return new Random(seed);
    }
}
