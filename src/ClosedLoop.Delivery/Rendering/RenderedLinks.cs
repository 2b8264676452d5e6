using ClosedLoop.Model.Delivery;

namespace ClosedLoop.Delivery.Rendering;

/// <summary>Renders a message again to say which links it had.</summary>
internal sealed class RenderedLinks(CompiledMailings contents, MessageComposition composition) : IRenderedLinks
{
    public IReadOnlyList<RenderedLink> Of(string contentHash, long mailingId, int sequence, long recipientId, string address, ReadOnlyMemory<byte> fields)
    {
        var content = contents.Get(contentHash);
        var scratch = RenderScratchPool.Rent();
        var links = new List<RenderedLink>();
        scratch.State.Collected = links;
        composition.Render(content, mailingId, sequence, recipientId, fields, scratch);
        RenderScratchPool.Return(scratch);
        return links;
    }

    public bool HasPixel(string contentHash) => contents.Get(contentHash).HasPixel;
}
