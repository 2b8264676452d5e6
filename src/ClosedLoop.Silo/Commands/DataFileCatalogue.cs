using System.Text.Json;
using ClosedLoop.Liquid;
using ClosedLoop.Model.Products;

namespace ClosedLoop.Silo.Commands;

/// <summary>
/// Product data of the file that <c>render --data</c> names: <c>products</c> by id, each an object of columns, <c>recommendations</c> and
/// <c>mapping</c> with a text of ids or a list each. What is missing writes nothing.
/// </summary>
internal sealed class DataFileCatalogue : LiquidCatalogue
{
    private readonly JsonElement _root;
    private readonly HashSet<string> _columns;

    private DataFileCatalogue(JsonElement root)
    {
        _root = root;
        _columns = new HashSet<string>(ProductColumns.All, StringComparer.OrdinalIgnoreCase);
        foreach (var product in root.GetProperty("products").EnumerateObject()) _columns.UnionWith(product.Value.EnumerateObject().Select(column => column.Name));
    }

    public override IReadOnlyCollection<string> Columns => _columns;

    /// <summary>Null when the file gives no products; a name <c>products</c> with something else in it is data like any other.</summary>
    public static DataFileCatalogue? Of(JsonElement root) =>
        root.TryGetProperty("products", out var products) && products.ValueKind == JsonValueKind.Object && products.EnumerateObject().All(product => product.Value.ValueKind == JsonValueKind.Object)
            ? new DataFileCatalogue(root)
            : null;

    public override bool HasColumn(string name) => _columns.Contains(name);

    public override string? Find(in LiquidCatalogueQuery query, LiquidRow? row, object? state)
    {
        var ids = Known(query.Ids);
        var id = query.IsRecommendation ? ProductIds.Nth(Recommended(ids), query.Number) : ProductIds.Nth(ids, query.Number);
        if (id is null || !_root.GetProperty("products").TryGetProperty(id, out var product)) return null;
        var column = query.Column;
        if (string.Equals(column, ProductColumns.Id, StringComparison.OrdinalIgnoreCase)) return id;
        return product.EnumerateObject().Where(cell => string.Equals(cell.Name, column, StringComparison.OrdinalIgnoreCase)).Select(cell => cell.Value.ToString()).FirstOrDefault();
    }

    public override IReadOnlyList<LiquidData> List(string ids, bool areRecommendations, LiquidRow? row, object? state)
    {
        var known = Known(ids);
        var products = _root.GetProperty("products");
        var found = new List<LiquidData>();
        foreach (var id in ProductIds.Split(areRecommendations ? Recommended(known) : known))
        {
            if (!products.TryGetProperty(id, out var product)) continue;
            var cells = product.EnumerateObject().ToDictionary(cell => cell.Name, object? (cell) => cell.Value, StringComparer.Ordinal);
            cells.TryAdd(ProductColumns.Id, id);
            found.Add(LiquidData.From(cells));
        }

        return found;
    }

    private string? Known(string ids) => !string.IsNullOrWhiteSpace(ids) ? ids
        : _root.TryGetProperty("email", out var address) ? Ids("mapping", address.ToString()) : null;

    private string? Recommended(string? ids) => ProductIds.Nth(ids, 1) is { } first ? Ids("recommendations", first) : null;

    private string? Ids(string table, string key)
    {
        if (!_root.TryGetProperty(table, out var entries) || entries.ValueKind != JsonValueKind.Object || !entries.TryGetProperty(key, out var ids)) return null;
        return ids.ValueKind == JsonValueKind.Array ? string.Join(',', ids.EnumerateArray().Select(id => id.ToString())) : ids.ToString();
    }
}
