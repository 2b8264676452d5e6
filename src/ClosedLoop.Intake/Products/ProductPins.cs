using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Products;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Intake.Products;

/// <summary>Chooses the version of product data a copy is made with, and keeps it for as long as the copy is rendered.</summary>
public sealed class ProductPins(ProductStore store, IProductUse use)
{
    /// <summary>What is frozen with a copy; null for a source mailing that asks for no products.</summary>
    /// <exception cref="InvalidDataException">The mailing asks for products and the client has none: everybody would get a mail with holes.</exception>
    public async Task<FrozenProducts?> PinAsync(MailingRow mailing, SourceMailing source, ClientDefinition client)
    {
        ArgumentNullException.ThrowIfNull(mailing);
        ArgumentNullException.ThrowIfNull(client);
        if (!use.IsUsed(source, client)) return null;
        var version = await store.PinAsync(mailing.MailingId, client.Id);
        if (version == 0) throw new InvalidDataException("the mailing asks for products, and no product file of the client was ever loaded");
        return new FrozenProducts { Version = version, Missing = client.Products.Missing, FallbackId = client.Products.FallbackId };
    }
}
