using System.Text;
using ClosedLoop.Delivery.Rendering;
using ClosedLoop.Liquid;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Products;

namespace ClosedLoop.Delivery.Products;

/// <summary>Looks products up for one content: by the ids of a field, else by the recipient's address, else what the client chose for missing ones.</summary>
/// <param name="policy">What stands for a missing product.</param>
/// <param name="addressSlot">Slot of the recipient's address.</param>
internal sealed class ProductCatalogue(FrozenProducts policy, int addressSlot) : LiquidCatalogue
{
    public override IReadOnlyCollection<string> Columns => (IReadOnlyCollection<string>)ProductColumns.All;

    public override bool HasColumn(string name) => ProductColumns.IndexOf(name) >= 0;

    public override string? Find(in LiquidCatalogueQuery query, LiquidRow? row, object? state)
    {
        var run = (state as MessageState)?.Products;
        var column = ProductColumns.IndexOf(query.Column);
        var id = IdOf(query, row, run?.Data);
        if (column >= 0 && id is not null && run?.Data?.Find(id) is { } product) return product[column];
        return Missing(query, id, column, run);
    }

    public override IReadOnlyList<LiquidData> List(string ids, bool areRecommendations, LiquidRow? row, object? state)
    {
        var run = (state as MessageState)?.Products;
        var known = Known(ids, row, run?.Data);
        var listed = areRecommendations ? First(known) is { } first ? run?.Data?.Recommended(first) : null : known;
        var found = new List<LiquidData>();
        foreach (var id in ProductIds.Split(listed).Where(id => id.Length > 0))
        {
            var product = run?.Data?.Find(id) ?? Replacement(run, $"product {id} is not in the catalogue");
            if (product is not null) found.Add(product.Data);
        }

        if (found.Count > 0) return found;
        if (Replacement(run, areRecommendations ? "there is no recommendation" : "there is no product id") is { } other) return [other.Data];
        _ = Missed(run);
        return found;
    }

    private string? IdOf(in LiquidCatalogueQuery query, LiquidRow? row, ProductData? data)
    {
        var ids = Known(query.Ids, row, data);
        if (!query.IsRecommendation) return ProductIds.Nth(ids, query.Number);
        return First(ids) is { } first ? ProductIds.Nth(data?.Recommended(first), query.Number) : null;
    }

    private static string? First(string? ids) => ProductIds.Nth(ids, 1);

    /// <summary>The ids themselves; those of the mapping when there are none.</summary>
    private string? Known(string ids, LiquidRow? row, ProductData? data) => !string.IsNullOrWhiteSpace(ids)
        ? ids
        : row is null || data is null || addressSlot < 0 ? null : data.Mapped(Encoding.UTF8.GetString(row.Utf8(addressSlot)));

    /// <summary>The product that stands for a missing one; null to leave it out.</summary>
    private Product? Replacement(ProductRun? run, string problem) => policy.Missing switch
    {
        ProductSettings.Fail => throw new LiquidCatalogueException($"{problem} (products.missing is fail)"),
        ProductSettings.Fallback => policy.FallbackId is { } id ? run?.Data?.Find(id) : null,
        _ => null,
    };

    private static string? Missed(ProductRun? run)
    {
        run?.Miss();
        return null;
    }

    private string? Missing(in LiquidCatalogueQuery query, string? id, int column, ProductRun? run)
    {
        var kind = query.IsRecommendation ? "recommendation" : "product id";
        var problem = column < 0 ? $"products have no column '{query.Column}'"
            : id is null ? FormattableString.Invariant($"there is no {kind} {query.Number}")
            : $"product {id} is not in the catalogue";
        return Replacement(run, problem) is { } other && column >= 0 ? other[column] : Missed(run);
    }
}
