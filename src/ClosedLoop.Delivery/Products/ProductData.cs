using System.Text;
using ClosedLoop.Data.Products;
using ClosedLoop.Model.Products;

namespace ClosedLoop.Delivery.Products;

/// <summary>One version of a client's product data.</summary>
internal sealed class ProductData(ProductReader reader, long clientId, long version, ProductCacheLimits limits)
{
    private readonly ProductTable<Product> _products = new(
        reader, clientId, version, ProductKind.Products, limits, row => new Product(ProductBody.Unpack(row.Id, row.Body.Span)));

    private readonly ProductTable<string> _mapping = new(reader, clientId, version, ProductKind.Mapping, limits, row => Encoding.UTF8.GetString(row.Body.Span));

    private readonly ProductTable<string> _recommendations = new(
        reader, clientId, version, ProductKind.Recommendations, limits, row => Encoding.UTF8.GetString(row.Body.Span));

    /// <summary>All of it is in memory.</summary>
    public bool IsWhole => _products.IsWhole && _mapping.IsWhole && _recommendations.IsWhole;

    public Product? Find(string id) => _products.Find(id);

    /// <summary>Product ids of a recipient by address, with commas; null when the mapping has none.</summary>
    public string? Mapped(string address) => _mapping.Find(address.ToLowerInvariant());

    /// <summary>Ids recommended with a product, with commas; null when there are none.</summary>
    public string? Recommended(string id) => _recommendations.Find(id);

    /// <summary>Reads what a batch of recipients will ask for: a few statements in place of one a placeholder.</summary>
    /// <param name="fields">Values of the recipients' id fields.</param>
    /// <param name="addresses">Addresses of recipients with an empty id field.</param>
    public void Warm(IReadOnlyCollection<string> fields, IReadOnlyCollection<string> addresses)
    {
        _mapping.Warm(addresses);
        List<string> lists = [.. fields, .. addresses.Select(Mapped).OfType<string>()];
        var firsts = lists.Select(ids => ProductIds.Nth(ids, 1)).OfType<string>().ToHashSet(StringComparer.Ordinal);
        _recommendations.Warm(firsts);
        var wanted = lists.Concat(firsts.Select(Recommended).OfType<string>()).SelectMany(ProductIds.Split).Where(ProductIds.IsId).ToHashSet(StringComparer.Ordinal);
        _products.Warm(wanted);
    }
}
