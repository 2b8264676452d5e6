using System.Buffers;
using System.Text;
using ClosedLoop.Delivery.Rendering;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Tokens;

namespace ClosedLoop.Delivery.Tests.Rendering;

public sealed class ContentInsertionTests
{
    private static readonly TrackingTokenCodec Tokens = new(new SigningKeys(SigningKey.Create(1)));

    [Theory]
    [InlineData("<div>{{ content.offer }}</div>", "<div><b>1 &amp; 2</b></div>")]
    [InlineData("<div>{{content.offer}}{{- content.offer -}}</div>", "<div><b>1 &amp; 2</b><b>1 &amp; 2</b></div>")]
    [InlineData("{% if true %}{{ content.offer }}{% endif %}", "<b>1 &amp; 2</b>")]
    [InlineData("<p title=\"{{ content.offer }}\">", "<p title=\"1 &amp; 2\">")]
    [InlineData("<p title={{ content.offer }}>", "<p title=1&#32;&#38;&#32;2>")]
    [InlineData("<title>{{ content.offer }}</title>", "<title>1 &amp; 2</title>")]
    [InlineData("<!-- {{ content.offer }} -->", "<!-- 1 &amp; 2 -->")]
    [InlineData("<script>{{ content.offer }}</script>", "<script></script>")]
    [InlineData("{{ content.offer | upcase }}", "1 &amp; 2")]
    [InlineData("{{ content.other }}x", "x")]
    [InlineData("a < b {{ content.offer }}", "a < b <b>1 &amp; 2</b>")]
    public void Markup_is_put_where_text_stands_and_is_a_value_elsewhere(string html, string expected) =>
        Assert.Equal(expected, Render(html, null, trackClicks: false, "<b>1 &amp; 2</b>", "1 & 2").Html);

    [Theory]
    [InlineData("{{ firstname }}{% raw %}{% for %}{{{{", "&#123;&#123; firstname }}&#123;% raw %}&#123;% for %}&#123;&#123;&#123;&#123;")]
    [InlineData("<p title=\"{% endlink %}\">{</p>", "<p title=\"&#123;% endlink %}\">&#123;</p>")]
    public void What_was_fetched_is_never_read_as_a_template(string fetched, string expected)
    {
        var (html, text, _) = Render("{{ content.offer }}", "{{ content.offer }}{", trackClicks: true, fetched, fetched);
        Assert.Equal(expected, html);
        Assert.Equal(fetched + "{", text);
    }

    [Fact]
    public void Its_links_are_tracked_like_others()
    {
        var (html, text, links) = Render(
            "<a href=\"https://a.example/\">A</a>{{ content.offer }}", "{{ content.offer }}", trackClicks: true,
            "<a href=\"https://shop.example/?a=1&amp;b={x}\">Shop</a><a data-track=\"off\" href=\"https://b.example/\">B</a>", "see https://shop.example/t .");
        Assert.Equal(3, links);
        Assert.DoesNotContain("shop.example", html, StringComparison.Ordinal);
        Assert.Contains("https://b.example/", html, StringComparison.Ordinal);
        Assert.DoesNotContain("shop.example", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fetched_address_is_a_link()
    {
        var (html, _, links) = Render("<a href=\"{{ content.target }}\">Shop</a>", null, trackClicks: true, "", "");
        Assert.Equal(1, links);
        Assert.StartsWith("<a href=\"https://t.example/c/", html, StringComparison.Ordinal);
        Assert.Equal("<a href=\"https://shop.example/x?a=1&amp;b=2\">Shop</a>", Render("<a href=\"{{ content.target }}\">Shop</a>", null, trackClicks: false, "", "").Html);
    }

    [Theory]
    [InlineData("see content.html in {{ content.a }} {% if content.b and 'content.c' %}{{ x.content.d }}", "a b")]
    [InlineData("{{content.a|append:content.b}}", "a b")]
    public void Names_are_found_in_tags_only(string template, string expected) => Assert.Equal(expected, string.Join(' ', ContentInsertion.NamesIn(template)));

    private static (string Html, string Text, int Links) Render(string html, string? text, bool trackClicks, string fetchedHtml, string fetchedText)
    {
        var reference = new ContentReference { Url = "https://cms.example.com/" };
        var source = new SourceMailing
        {
            Id = 1,
            ClientId = 9,
            Name = "m",
            Subject = "s",
            Html = html,
            Text = text,
            TrackOpens = false,
            TrackClicks = trackClicks,
            Content = new Dictionary<string, ContentReference>(StringComparer.Ordinal) { ["offer"] = reference, ["target"] = reference with { Kind = ContentKind.Link }, ["other"] = reference },
        };
        var content = FrozenMailing.Of(source, new SenderSettings { Address = "news@sender.example" }, ListDefinition.Default) with
        {
            Content = new SortedDictionary<string, FrozenContent>(StringComparer.Ordinal)
            {
                ["offer"] = new() { Url = reference.Url, Sha256 = "", Html = fetchedHtml, Text = fetchedText },
                ["target"] = new() { Url = reference.Url, Sha256 = "", Text = "https://shop.example/x?a=1&b=2" },
            },
        };
        var compiled = new CompiledMailing(content, Tokens, new Uri("https://t.example"));
        var row = new RecipientRow(compiled.Columns);
        var state = new MessageState { MailingId = 1, Sequence = 1 };
        var (s, h, t) = (new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>());
        row.Load(ReadOnlyMemory<byte>.Empty);
        compiled.Render(row, state, s, h, t);
        return (Encoding.UTF8.GetString(h.WrittenSpan), Encoding.UTF8.GetString(t.WrittenSpan), state.Ordinal);
    }
}
