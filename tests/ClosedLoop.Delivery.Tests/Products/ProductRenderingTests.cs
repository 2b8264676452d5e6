using ClosedLoop.Delivery.Products;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Products;

namespace ClosedLoop.Delivery.Tests.Products;

/// <summary>Products in messages as they are sent, and the same messages made again (closed-loop spec section 9).</summary>
public sealed class ProductRenderingTests
{
    private const string Html = "<p>{{ product_id | product: 'name' }}/{{ product_id | product: 'name', 2 }}</p>";

    [Theory]
    [InlineData("P-1,P-2", "<p>Cup &amp; saucer/Pot</p>")]
    [InlineData("P-1, P-2", "<p>Cup &amp; saucer/Pot</p>")]
    [InlineData("P-1", "<p>Cup &amp; saucer/</p>")]
    [InlineData("P-9,P-2", "<p>/Pot</p>")]
    [InlineData("", "<p>/</p>")]
    public async Task What_is_missing_is_left_out(string ids, string expected)
    {
        await using var products = await ProductFixture.StartAsync();
        Assert.Contains(expected, (await products.SendAsync(Html, ids)).Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ product_id | product: 'name' }}", true)]
    [InlineData("Our {{ product_line }}", false)]
    [InlineData(null, false)]
    public void A_sender_name_may_look_products_up(string? name, bool used)
    {
        var source = DeliveryFixture.Source() with { Sender = new() { Name = name } };
        var client = new ClientDefinition { Id = 9, Key = "acme", Sender = new SenderSettings { Address = "news@acme.example" } };
        Assert.Equal(used, new ProductUse().IsUsed(source, client));
    }

    [Fact]
    public async Task A_fallback_stands_for_what_is_missing_and_may_be_missing_itself()
    {
        await using var products = await ProductFixture.StartAsync();
        Assert.Contains("<p>Cup &amp; saucer/Voucher</p>", (await products.SendAsync(Html, missing: "fallback", fallback: "P-0")).Html, StringComparison.Ordinal);
        Assert.Contains("<p>Cup &amp; saucer/</p>", (await products.SendAsync(Html, missing: "fallback", fallback: "P-8")).Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Html, "P-1", "there is no product id 2")]
    [InlineData(Html, "P-9,P-2", "product P-9 is not in the catalogue")]
    [InlineData("{{ product_id | product: 'nme' }}", "P-1", "products have no column 'nme'")]
    [InlineData("{{ product_id | recommendation: 'name', 3 }}", "P-1", "there is no recommendation 3")]
    [InlineData("{% assign all = product_id | products %}{{ all | size }}", "P-1,P-9", "product P-9 is not in the catalogue")]
    [InlineData("{% assign all = product_id | recommendations %}{{ all | size }}", "P-3", "there is no recommendation")]
    public async Task With_fail_the_recipient_gets_no_mail_and_the_reason_says_what_was_missing(string html, string ids, string reason)
    {
        await using var products = await ProductFixture.StartAsync();
        var sent = await products.SendAsync(html, ids, missing: "fail");
        Assert.Null(sent.Html);
        Assert.Matches($"^L604 html\\(1,[0-9]+\\): LQ205: {reason}", sent.Failure);
        Assert.NotNull((await products.SendAsync(Html, "P-1,P-3", missing: "fail")).Html);
    }

    [Fact]
    public async Task A_marked_element_goes_with_its_links_and_the_numbers_of_the_others_have_no_gap()
    {
        const string Rows = """
            <table><tr data-product><td><a href="{{ product_id | product: 'link1Url' }}">{{ product_id | product: 'name' }}</a></td></tr>
            <tr class="x" data-product="yes"><td><table><tr><td><a href="https://shop.example/">fixed</a> {{ product_id | product: 'name', 2 }}</td></tr></table></td></tr></table>
            <a href="https://shop.example/end">end</a>
            """;
        await using var products = await ProductFixture.StartAsync();
        var both = await products.SendAsync(Rows, "P-1,P-2");
        var one = await products.SendAsync(Rows, "P-1,P-9");
        var none = await products.SendAsync(Rows, "P-9");

        Assert.Equal(["https://shop.example/p/1 https://shop.example/p/1", "fixed https://shop.example/", "end https://shop.example/end"], both.Links());
        Assert.Equal(["https://shop.example/p/1 https://shop.example/p/1", "end https://shop.example/end"], one.Links());
        Assert.Equal(["end https://shop.example/end"], none.Links());
        Assert.Contains("<tr class=\"x\"><td>", both.Html, StringComparison.Ordinal);
        Assert.Equal(3, both.Html!.Split("https://t.example/c/").Length - 1);
        Assert.Equal(2, one.Html!.Split("https://t.example/c/").Length - 1);
        Assert.DoesNotContain("fixed", one.Html, StringComparison.Ordinal);
        Assert.Contains("<table>\n</table>", none.Html!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.All([both.Html, one.Html, none.Html], html => Assert.DoesNotContain("data-product", html, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_the_innermost_marked_element_goes()
    {
        await using var products = await ProductFixture.StartAsync();
        const string Nested = "<div data-product>a<p data-product>{{ product_id | product: 'name', 2 }}</p><img data-product src=\"{{ product_id | product: 'link1Url' }}\">z</div>";
        Assert.Contains("<div>a<img src=\"https://shop.example/p/1\">z</div>", (await products.SendAsync(Nested, "P-1")).Html, StringComparison.Ordinal);
        Assert.Contains("<div>a<p>Cup &amp; saucer</p>z</div>", (await products.SendAsync(Nested, "P-9,P-1")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_are_looped_over_and_an_empty_one_takes_its_element_away()
    {
        await using var products = await ProductFixture.StartAsync();
        const string List = "<ul data-product>{% assign all = product_id | recommendations %}{% for p in all %}<li><a href=\"{{ p.link1Url }}\">{{ p.name }}</a></li>{% endfor %}</ul>.";
        var sent = await products.SendAsync(List, "P-1");
        Assert.Contains("<ul><li><a href=\"\">Lid</a></li><li><a href=\"https://t.example/c/", sent.Html, StringComparison.Ordinal);
        Assert.Equal(["https://shop.example/p/2 https://shop.example/p/2"], sent.Links());
        Assert.StartsWith(".", (await products.SendAsync(List, "P-2")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_mapping_gives_the_ids_of_a_recipient_without_any()
    {
        await using var products = await ProductFixture.StartAsync();
        Assert.Contains("<p>Pot/</p>", (await products.SendAsync(Html, "", address: "Mapped@a.example")).Html, StringComparison.Ordinal);
        Assert.Contains("<p>Cup &amp; saucer/</p>", (await products.SendAsync(Html, "P-1", address: "mapped@a.example")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Campaign_placeholders_and_ODR_look_up_the_same()
    {
        await using var products = await ProductFixture.StartAsync();
        var sent = await products.SendAsync(
            "<p data-product><a href=\"{product:Product:link1Url}\">{product:product_id#2:name}</a></p><p data-product>{recommendation:product_id#2:name}</p>{Line}<i data-product>{recommendation:product_id#3:name}</i>.",
            "P-1,P-2", dialect: TemplateDialect.Campaign,
            function: "<odr:out value=\"%{product(user.data.product_id,'name')}, %{recommendation(user.data.product_id,1,'name')}\"/>");
        Assert.Matches("^<p><a href=\"https://t.example/c/[^\"]*\">Pot</a></p><p>Pot</p>Cup &amp; saucer, Lid\\.", sent.Html);
        Assert.Equal(["https://shop.example/p/1 https://shop.example/p/1"], sent.Links());
    }

    [Fact]
    public async Task A_catalogue_that_is_replaced_later_changes_nothing_of_a_mailing_sent()
    {
        await using var products = await ProductFixture.StartAsync();
        const string Link = "<a href=\"{{ product_id | product: 'link1Url' }}\">x</a>";
        var first = await products.SendAsync(Link);
        await products.LoadAsync(ProductKind.Products, ProductFixture.Product("P-1", "Cup", "https://new.example/"));
        var second = await products.SendAsync(Link);
        Assert.Equal(["x https://shop.example/p/1"], first.Links());
        Assert.Equal(["x https://new.example/"], second.Links());
    }

    [Fact]
    public async Task Values_are_escaped_by_their_place()
    {
        await using var products = await ProductFixture.StartAsync();
        await products.LoadAsync(ProductKind.Products, ProductFixture.Product("P-1", "<b>\"x\"&", "javascript:alert(1)"));
        var sent = await products.SendAsync("<p title=\"{{ product_id | product: 'name' }}\">{{ product_id | product: 'name' }}<a href=\"{{ product_id | product: 'link1Url' }}\">y</a><img src=\"https://i.example/?q={{ product_id | product: 'name' }}\">");
        Assert.Contains("<p title=\"&lt;b&gt;&quot;x&quot;&amp;\">&lt;b&gt;&quot;x&quot;&amp;<a href=\"\">y</a><img src=\"https://i.example/?q=%3Cb%3E%22x%22%26\">", sent.Html, StringComparison.Ordinal);
        Assert.Empty(sent.Links());
    }
}
