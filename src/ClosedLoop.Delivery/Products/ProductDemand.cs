using System.Text;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Delivery.Products;

/// <summary>What product data a batch of recipients will ask for.</summary>
internal static class ProductDemand
{
    /// <summary>Reads it ahead, unless all is in memory.</summary>
    public static void Warm(ProductData data, ListDefinition list, IReadOnlyList<DueRecipient> recipients)
    {
        if (data.IsWhole) return;
        var columns = Enumerable.Range(0, list.Fields.Count).Where(i => list.Fields[i].Content == FieldContent.ProductId).ToArray();
        var starts = new int[list.Fields.Count];
        var lengths = new int[list.Fields.Count];
        var fields = new HashSet<string>(StringComparer.Ordinal);
        var addresses = new HashSet<string>(StringComparer.Ordinal);
        foreach (var recipient in recipients)
        {
            var blob = recipient.Fields.AsSpan();
            RecipientFields.Index(blob, starts, lengths);
            foreach (var column in columns)
            {
                var value = starts[column] < 0 ? "" : Encoding.UTF8.GetString(blob.Slice(starts[column], lengths[column]));
                if (string.IsNullOrWhiteSpace(value)) addresses.Add(recipient.Address.ToLowerInvariant());
                else fields.Add(value);
            }
        }

        data.Warm(fields, addresses);
    }
}
