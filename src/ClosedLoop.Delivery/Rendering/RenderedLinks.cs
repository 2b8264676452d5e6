using ClosedLoop.Data.Content;
using ClosedLoop.Delivery.Content;
using ClosedLoop.Model.Delivery;

namespace ClosedLoop.Delivery.Rendering;

/// <summary>Renders a message again to say which links it had.</summary>
internal sealed class RenderedLinks(CompiledMailings contents, MessageComposition composition, RecipientContentStore stored) : IRenderedLinks
{
    public IReadOnlyList<RenderedLink> Of(string contentHash, long mailingId, int sequence, long recipientId, string address, ReadOnlyMemory<byte> fields)
    {
        var content = contents.Get(contentHash);
        var scratch = RenderScratchPool.Rent();
        var links = new List<RenderedLink>();
        scratch.State.Collected = links;
        composition.Render(content, mailingId, sequence, recipientId, fields, scratch, Again(content, mailingId, sequence, fields));
        RenderScratchPool.Return(scratch);
        return links;
    }

    /// <summary>What other servers said is not asked again: the targets stand beside the ledger.</summary>
    private RecipientContent? Again(CompiledMailing content, long mailingId, int sequence, ReadOnlyMemory<byte> fields)
    {
        if (content.References is not { } references) return null;
        var row = new RecipientRow(content.Columns);
        row.Load(fields);
        return RecipientContent.Again(references, row, references.AreStored ? stored.Of(mailingId, sequence) : []);
    }

    public bool HasPixel(string contentHash) => contents.Get(contentHash).HasPixel;
}
