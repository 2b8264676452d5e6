using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Products;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Optimove.Execution;

/// <summary>Freezes what a mailing sends, with what other servers hold of it, as intake does for files.</summary>
internal sealed class SourceFreezer(MailingStore mailings, DefinitionStore definitions, IReferencedContent content, IProductUse productUse, ProductStore products)
{
    /// <summary>Does nothing for a mailing whose content is frozen.</summary>
    /// <exception cref="ContentException">Content on another server cannot be had.</exception>
    /// <exception cref="InvalidDataException">Definitions are gone, or the client has no product data where the mailing asks for some.</exception>
    public async Task FreezeAsync(MailingRow mailing, CancellationToken cancellation)
    {
        if (mailing.ContentHash is not null) return;
        var source = definitions.FindSource(mailing.SourceId, mailing.SourceVersion)?.Value;
        var client = definitions.FindClient(mailing.ClientId, mailing.ClientVersion)?.Value;
        if (source is null || client is null) throw new InvalidDataException($"version {mailing.SourceVersion} of source mailing {mailing.SourceId}, or its client's, is not stored any more");
        using var run = content.StartRun();
        var fetched = await run.FetchFilesAsync(source, client.Content, cancellation);
        var frozen = FrozenMailing.Of(source, client) with
        {
            Content = await run.FetchAsync(source, client.Content, cancellation),
            Attachments = [.. source.Attachments.Select((attachment, i) => attachment.File ?? fetched[i].File)],
            Products = await PinAsync(mailing, source, client),
        };
        await mailings.FreezeAsync(mailing.MailingId, frozen, [.. fetched.Values.Select(file => file.Content)]);
    }

    private async Task<FrozenProducts?> PinAsync(MailingRow mailing, SourceMailing source, ClientDefinition client)
    {
        if (!productUse.IsUsed(source, client)) return null;
        var version = await products.PinAsync(mailing.MailingId, client.Id);
        if (version == 0) throw new InvalidDataException("the mailing asks for products, and no product file of the client was ever loaded");
        return new FrozenProducts { Version = version, Missing = client.Products.Missing, FallbackId = client.Products.FallbackId };
    }
}
