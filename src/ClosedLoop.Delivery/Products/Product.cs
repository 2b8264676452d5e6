using ClosedLoop.Liquid;
using ClosedLoop.Model.Products;

namespace ClosedLoop.Delivery.Products;

/// <summary>One product as templates see it.</summary>
internal sealed class Product(string?[] values)
{
    private LiquidData? _data;

    /// <summary>Names and values of the columns that are not empty; made once, and twice at worst.</summary>
    public LiquidData Data => _data ??= LiquidData.From(
        ProductColumns.All.Zip(values).Where(pair => pair.Second is not null).ToDictionary(pair => pair.First, object? (pair) => pair.Second, StringComparer.Ordinal));

    /// <summary>Value of a column by its position; null when it is empty.</summary>
    public string? this[int column] => values[column];
}
