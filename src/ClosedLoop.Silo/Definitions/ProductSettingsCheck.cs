using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Products;

namespace ClosedLoop.Silo.Definitions;

/// <summary>What must hold for the product settings of a client.</summary>
internal static class ProductSettingsCheck
{
    public static IEnumerable<string> Faults(ClientDefinition client)
    {
        var products = client.Products;
        if (products.Missing is not (ProductSettings.Omit or ProductSettings.Fallback or ProductSettings.Fail)) yield return $"products.missing is '{products.Missing}'; expected omit, fallback or fail.";
        if (products.FallbackId is { Length: > 0 } id && !ProductIds.IsId(id)) yield return $"products.fallbackId is '{id}'; expected 1 to 64 of A-Z, a-z, 0-9, '.', '_' and '-'.";
        if (products.Missing == ProductSettings.Fallback && string.IsNullOrEmpty(products.FallbackId)) yield return "products.missing is fallback without products.fallbackId; expected the id of the product that stands for missing ones.";
        if (products.MaxBytes < 1) yield return $"products.maxBytes is {products.MaxBytes}; expected at least 1.";
        if (products.MaxRows is < 1 or > 10_000_000) yield return $"products.maxRows is {products.MaxRows}; expected 1 to 10000000.";
        if (products.MaxColumns is < 1 or > 1000) yield return $"products.maxColumns is {products.MaxColumns}; expected 1 to 1000.";
        foreach (var field in client.List.Fields.Where(field => field is { Content: FieldContent.ProductId, Type: not (FieldType.String or FieldType.Text) }))
        {
            yield return $"list.fields: '{field.Name}' holds product ids and is no string; expected type string or text.";
        }
    }
}
