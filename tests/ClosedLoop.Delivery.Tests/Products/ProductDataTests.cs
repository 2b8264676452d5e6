using System.Text;
using ClosedLoop.Data.Products;
using ClosedLoop.Delivery.Products;
using ClosedLoop.Model.Products;

namespace ClosedLoop.Delivery.Tests.Products;

/// <summary>Catalogues larger than what is kept whole.</summary>
public sealed class ProductDataTests
{
    private static readonly ProductCacheLimits Small = new() { WholeBytes = 0, RecentBytes = 4000, Versions = 2 };

    [Fact]
    public async Task A_large_catalogue_gives_the_same_as_a_small_one()
    {
        await using var products = await ProductFixture.StartAsync();
        var reader = products.Delivery.Get<ProductReader>();
        var rows = Enumerable.Range(0, 500).Select(i => ProductFixture.Product($"X-{i}", $"name {i}", "")).ToArray();
        await products.LoadAsync(ProductKind.Products, rows);
        var version = products.Delivery.Get<ProductStore>().Current(products.Client.Id);
        var whole = new ProductData(reader, products.Client.Id, version, new ProductCacheLimits());
        var small = new ProductData(reader, products.Client.Id, version, Small);
        Assert.True(whole.IsWhole);
        Assert.False(small.IsWhole);

        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var round = 0; round < 50; round++)
        {
            var ids = Enumerable.Range(0, 40).Select(_ => $"X-{random.Next(600)}").ToList();
            if (round % 2 == 0) small.Warm([string.Join(',', ids)], ["mapped@a.example"]);
            foreach (var id in ids) Assert.True(whole.Find(id)?[1] == small.Find(id)?[1], $"seed {seed}: {id}");
        }

        Assert.Equal("P-2", small.Mapped("MAPPED@a.example"));
        Assert.Equal("P-3,P-2", small.Recommended("P-1"));
        Assert.Null(small.Recommended("X-1"));
    }

    [Fact]
    public void What_was_asked_for_lately_has_a_bound()
    {
        var cache = new RecentCache<string>(maxBytes: 1000);
        for (var i = 0; i < 100; i++) cache.Set("k" + i, "v", 100);
        Assert.True(cache.TryGet("k99", out var value));
        Assert.Equal("v", value);
        Assert.InRange(Enumerable.Range(0, 100).Count(i => cache.TryGet("k" + i, out _)), 1, 12);
    }

    [Fact]
    public async Task Versions_beyond_the_limit_make_room_for_each_other()
    {
        await using var products = await ProductFixture.StartAsync();
        var sets = new ProductDataSets(products.Delivery.Get<ProductReader>(), Small);
        var first = sets.Get(products.Client.Id, 1);
        Assert.Same(first, sets.Get(products.Client.Id, 1));
        _ = sets.Get(products.Client.Id, 2);
        _ = sets.Get(products.Client.Id, 3);
        Assert.NotSame(first, sets.Get(products.Client.Id, 1));
    }

    [Theory]
    [InlineData("<p data-product>x</p>", "[<p>x</p>]")]
    [InlineData("<p class=a data-product = 'y' id=b>x</p>", "[<p class=a id=b>x</p>]")]
    [InlineData("<img DATA-PRODUCT src=x>", "[<img src=x>]")]
    [InlineData("<div data-product><div>a</div><!-- </div> --></div>b", "[<div><div>a</div><!-- </div> --></div>]b")]
    [InlineData("<p data-product>a</p><p data-product>b</p>", "[<p>a</p>][<p>b</p>]")]
    [InlineData("<div data-product><p data-product>b</p></div>", "[<div>[<p>b</p>]</div>]")]
    [InlineData("<li data-product>a<li>b", "<li>a<li>b")]
    [InlineData("<b data-product><i data-product></b></i>", "[<b><i></b>]</i>")]
    [InlineData("{% if a %}<p data-product>{% endif %}</p>", "{% if a %}<p>{% endif %}</p>")]
    [InlineData("<p data-product>{% if a %}x{% endif %}</p>", "[<p>{% if a %}x{% endif %}</p>]")]
    [InlineData("<!-- <p data-product> --><p data-products>", "<!-- <p data-product> --><p data-products>")]
    [InlineData("<style>a{}</style><p data-product", "<style>a{}</style><p")]
    public void Marked_elements_become_blocks_where_their_end_is_plain(string html, string expected) =>
        Assert.Equal(expected, ProductMarkup.Wrap(html).Replace("{% productblock %}", "[", StringComparison.Ordinal).Replace("{% endproductblock %}", "]", StringComparison.Ordinal));

    [Fact]
    public void Damaged_markup_loses_nothing_but_the_marks()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        string[] pieces = ["<p data-product>", "</p>", "<div>", "</div>", "<img data-product>", "data-product", "<", ">", "\"", "{% if x %}", "{% endif %}", "<!--", "-->", "<style>", "</style>", " text "];
        for (var round = 0; round < 3000; round++)
        {
            var html = new StringBuilder();
            for (var n = random.Next(1, 12); n > 0; n--) html.Append(pieces[random.Next(pieces.Length)]);
            var wrapped = ProductMarkup.Wrap(html.ToString());
            var opened = wrapped.Split("{% productblock %}").Length;
            Assert.True(opened == wrapped.Split("{% endproductblock %}").Length, $"seed {seed}: {html}");
            var bare = wrapped.Replace("{% productblock %}", "", StringComparison.Ordinal).Replace("{% endproductblock %}", "", StringComparison.Ordinal);
            Assert.True(Squeezed(bare) == Squeezed(html.ToString()), $"seed {seed}: {html}");
        }
    }

    private static string Squeezed(string html) => html.Replace("data-product", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
}
