namespace ClosedLoop.Data.Products;

/// <summary>One row of product data as stored.</summary>
/// <param name="Id">Product id; for a mapping the recipient's address in lower case.</param>
/// <param name="Body">For a product its columns without the id, as <see cref="Model.Recipients.RecipientFields"/>; else ids with commas, as UTF-8.</param>
public sealed record ProductRow(string Id, ReadOnlyMemory<byte> Body);
