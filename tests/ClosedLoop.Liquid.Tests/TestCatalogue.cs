using System.Text.Json;

namespace ClosedLoop.Liquid.Tests;

/// <summary>A catalogue out of JSON: products by id, recommendations as texts of ids. <c>fail</c> as a column refuses.</summary>
internal sealed class TestCatalogue(Dictionary<string, JsonElement> products, Dictionary<string, JsonElement> recommendations) : LiquidCatalogue
{
    public override IReadOnlyCollection<string> Columns { get; } = ["id", "name", "link1Url", "image1Url", "text1"];

    public override bool HasColumn(string name) => Columns.Contains(name);

    public override string? Find(in LiquidCatalogueQuery query, LiquidRow? row, object? state)
    {
        if (query.Column == "fail") throw new LiquidCatalogueException("product X is not in the catalogue");
        var id = Ids(query.Ids, query.IsRecommendation).ElementAtOrDefault(query.Number - 1);
        return id is not null && products.TryGetValue(id, out var product) && product.TryGetProperty(query.Column, out var cell) ? cell.GetString() : null;
    }

    public override IReadOnlyList<LiquidData> List(string ids, bool areRecommendations, LiquidRow? row, object? state) =>
        [.. Ids(ids, areRecommendations).Where(products.ContainsKey).Select(id => LiquidData.From(products[id]))];

    private string[] Ids(string ids, bool areRecommendations)
    {
        if (areRecommendations) ids = recommendations.TryGetValue(ids.Split(',')[0], out var recommended) ? recommended.GetString()! : "";
        return ids.Split(',', StringSplitOptions.TrimEntries);
    }
}
