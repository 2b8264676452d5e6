using ClosedLoop.Model.Delivery;

namespace ClosedLoop.Responses.Tests.Export;

/// <summary>Every recipient got the same links, with their address in the target.</summary>
internal sealed class FixedLinks : IRenderedLinks
{
    public IReadOnlyList<RenderedLink> Links { get; set; } = [new("Imprint", "https://shop.example.org/imprint?k={0}")];

    public bool Pixel { get; set; } = true;

    public IReadOnlyList<RenderedLink> Of(string contentHash, long mailingId, int sequence, long recipientId, string address, ReadOnlyMemory<byte> fields) =>
        [.. Links.Select(link => link with { Url = link.Url.Replace("{0}", address, StringComparison.Ordinal) })];

    public bool HasPixel(string contentHash) => Pixel;
}
