using ClosedLoop.Intake.Zones;

namespace ClosedLoop.Intake.Tests.Products;

/// <summary>Product files before recipient files of the same or a later time (closed-loop spec section 9).</summary>
public sealed class Order_of_files
{
    private const string Recipients = "20260302091000_subscribers.csv";

    [Theory]
    [InlineData(Recipients, "20260302091000_products.csv", "", "20260302091000_products.csv")]
    [InlineData(Recipients, "20260302090000_mapping.csv 20260302091500_products.csv", "", "20260302090000_mapping.csv")]
    [InlineData(Recipients, "20260302091001_products.csv", "", Recipients)]
    [InlineData("", "20260302091001_products.csv", "", "20260302091001_products.csv")]
    [InlineData(Recipients, "", "20260302091000_products.csv", null)]
    [InlineData(Recipients, "", "20260302091001_products.csv", Recipients)]
    [InlineData(Recipients, "20260302090500_products.csv", "20260302090000_products.csv", null)]
    [InlineData("", "", "", null)]
    public void The_next_file_is(string recipients, string products, string unsettled, string? next) =>
        Assert.Equal(next, IntakeOrder.Next(Look(recipients, ""), Look(products, unsettled)));

    private static FolderLook Look(string ready, string unsettled) => new(
        [.. ready.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => new ZoneEntry(name, 1, default))], 0, [])
    {
        Unsettled = unsettled.Split(' ', StringSplitOptions.RemoveEmptyEntries),
    };
}
