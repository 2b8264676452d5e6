using ClosedLoop.Intake.Products;

namespace ClosedLoop.Intake.Zones;

/// <summary>Which file comes next: both folders merged by the times in the names, product files before a recipient file of the same time (closed-loop spec section 9).</summary>
internal static class IntakeOrder
{
    /// <summary>The name of the next file; null when there is none, or when the next one may still change.</summary>
    public static string? Next(FolderLook recipients, FolderLook products)
    {
        var recipient = recipients.Ready is [var first, ..] ? first.Name : null;
        var product = products.Ready is [var next, ..] && !products.Unsettled.Any(name => string.CompareOrdinal(name, next.Name) < 0) ? next.Name : null;
        if (recipient is null || (product is not null && ProductFileName.ComesBefore(product, recipient))) return product;

        // A product file that is still being written by a sender who cannot rename is waited for, too.
        return products.Unsettled.Any(name => ProductFileName.ComesBefore(name, recipient)) ? null : recipient;
    }
}
