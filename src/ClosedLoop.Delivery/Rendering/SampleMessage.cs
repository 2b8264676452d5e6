using System.Buffers;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Tokens;

namespace ClosedLoop.Delivery.Rendering;

/// <summary>
/// Shows what a recipient would get from a source mailing as it is now. Nothing is stored and nothing fetched: links lead nowhere, because they are signed with a key that is thrown away, and content of other servers and products
/// are left out.
/// </summary>
public static class SampleMessage
{
    /// <param name="source">The source mailing.</param>
    /// <param name="client">Its client.</param>
    /// <param name="address">The recipient.</param>
    /// <param name="fields">The recipient's columns.</param>
    /// <param name="readFile">Octets of attachments and pictures by their hash.</param>
    /// <param name="date">Date header.</param>
    /// <exception cref="InvalidOperationException">The mailing needs what only a copy of it has: products, or content of other servers.</exception>
    /// <exception cref="Liquid.LiquidException">The template breaks on this recipient's values.</exception>
    public static byte[] Make(SourceMailing source, ClientDefinition client, string address, ReadOnlyMemory<byte> fields, Func<string, byte[]> readFile, DateTimeOffset date)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(client);
        var frozen = FrozenMailing.Of(source, client);
        if (source.Content.Count > 0 || source.Attachments.Any(attachment => attachment.File is null)) throw new InvalidOperationException("it takes content from other servers, which is fetched when it is copied");
        var keys = new SigningKeys(SigningKey.Create(1));
        var options = new DeliveryOptions { TrackingBase = new Uri("https://sample.invalid") };
        var none = new DkimSigners(options);
        var composition = new MessageComposition(new TrackingTokenCodec(keys), new AddressTokenCodec(keys), none, options, new DeliveryStatistics());
        var content = new CompiledMailing(frozen, new TrackingTokenCodec(keys), options.TrackingBase, readFile);
        if (content.References is not null) throw new InvalidOperationException("its list has columns whose content is fetched");
        var output = new ArrayBufferWriter<byte>();
        var scratch = RenderScratchPool.Rent();
        composition.Compose(content, UnsentMailing.Of(source), 0, address, fields, date, scratch, output);
        RenderScratchPool.Return(scratch);
        return output.WrittenSpan.ToArray();
    }
}
