using ClosedLoop.Delivery.Rendering;

namespace ClosedLoop.Delivery.Tests.Rendering;

public sealed class LinkMarkupTests
{
    [Theory]
    [InlineData("<a href=\"https://a.example/x\">Go</a>", "<a href=\"{% link 0 %}https://a.example/x{% endlink %}\">Go</a>", "Go")]
    [InlineData("<A class=b HREF='http://a.example'>Go</A>", "<A class=b HREF='{% link 0 %}http://a.example{% endlink %}'>Go</A>", "Go")]
    [InlineData("<a href=https://a.example/x>Go</a>", "<a href={% link 0 %}https://a.example/x{% endlink %}>Go</a>", "Go")]
    [InlineData("<a name=\"Top &amp; first\" href=\"https://a.example\">Go</a>", "<a name=\"Top &amp; first\" href=\"{% link 0 %}https://a.example{% endlink %}\">Go</a>", "Top & first")]
    [InlineData("<a href=\"{{ url }}\"><b>Buy</b>\n now</a>", "<a href=\"{% link 0 %}{{ url }}{% endlink %}\"><b>Buy</b>\n now</a>", "Buy now")]
    [InlineData("<a href=\"https://a.example/?q={{ x | append: \">\" }}\">Go</a>", "<a href=\"{% link 0 %}https://a.example/?q={{ x | append: \">\" }}{% endlink %}\">Go</a>", "Go")]
    [InlineData("<a href=\"https://a.example\"><img src=x></a>", "<a href=\"{% link 0 %}https://a.example{% endlink %}\"><img src=x></a>", null)]
    [InlineData("<area href=\"https://a.example\">", "<area href=\"{% link 0 %}https://a.example{% endlink %}\">", null)]
    public void A_target_in_html_is_wrapped_and_named(string html, string expected, string? name)
    {
        var markup = new LinkMarkup();

        Assert.Equal(expected, markup.Html(html));
        Assert.Equal([name], markup.Names);
    }

    [Theory]
    [InlineData("<a href=\"mailto:a@b.example\">mail</a>")]
    [InlineData("<a href=\"#top\">top</a>")]
    [InlineData("<a href=\"tel:+491\">call</a>")]
    [InlineData("<a href=\"{{ unsubscribe_url }}\">Unsubscribe</a>")]
    [InlineData("<a data-track=\"off\" href=\"https://a.example\">plain</a>")]
    [InlineData("<!-- <a href=\"https://a.example\">x</a> -->")]
    [InlineData("<abbr href=\"https://a.example\">x</abbr>")]
    [InlineData("<a name=\"anchor\">x</a>")]
    [InlineData("{% if x %}<a href=\"{% else %}<a href=\"{% endif %}https://a.example\">x</a>")]
    [InlineData("<a href=\"https://a.example")]
    public void What_is_no_tracked_link_stays_as_it_is(string html)
    {
        var markup = new LinkMarkup();
        var wrapped = markup.Html(html);

        // The last case never closes: whatever becomes of it, no link may be lost or invented.
        if (!html.EndsWith('>')) return;
        Assert.Equal(html, wrapped);
        Assert.Empty(markup.Names);
    }

    [Theory]
    [InlineData("See https://a.example/x.", "See {% link 0 %}https://a.example/x{% endlink %}.")]
    [InlineData("(http://a.example/?a={{ b }}&c=d)", "({% link 0 %}http://a.example/?a={{ b }}&c=d{% endlink %})")]
    [InlineData("<https://a.example>\nnext", "<{% link 0 %}https://a.example{% endlink %}>\nnext")]
    [InlineData("{% for p in x %}https://a.example/{{ p }}{% endfor %}", "{% for p in x %}{% link 0 %}https://a.example/{{ p }}{% endlink %}{% endfor %}")]
    [InlineData("{% assign u = 'https://a.example' %}{{ u }}", "{% assign u = 'https://a.example' %}{{ u }}")]
    [InlineData("{{ 'https://a.example/' | append: x }} https://b.example", "{{ 'https://a.example/' | append: x }} {% link 0 %}https://b.example{% endlink %}")]
    [InlineData("{{ never closed https://a.example", "{{ never closed https://a.example")]
    public void A_url_in_text_is_wrapped_without_the_sentence_around_it(string text, string expected) =>
        Assert.Equal(expected, new LinkMarkup().Text(text));
}
