using System.Buffers;
using ClosedLoop.Data.Content;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Delivery.Content;
using ClosedLoop.Model.Lists;

namespace ClosedLoop.Delivery.Rendering;

/// <summary>
/// Makes a message again as it was sent (decision 024). Everything it is made of is frozen with the mailing or stored with the recipient, but the second at which it was made: who wants the same octets has to name it.
/// </summary>
public sealed class SentMessages
{
    private readonly CompiledMailings _contents;
    private readonly MessageComposition _composition;
    private readonly RecipientContentStore _stored;

    internal SentMessages(CompiledMailings contents, MessageComposition composition, RecipientContentStore stored) => (_contents, _composition, _stored) = (contents, composition, stored);

    /// <param name="mailing">The mailing, frozen.</param>
    /// <param name="sequence">Position of the recipient.</param>
    /// <param name="address">The recipient.</param>
    /// <param name="fields">The recipient's columns.</param>
    /// <param name="date">Second at which the message was made, see its Date header.</param>
    /// <exception cref="InvalidOperationException">The message had content that was fetched for this recipient and is not kept, or was never made.</exception>
    public byte[] Again(MailingRow mailing, int sequence, string address, ReadOnlyMemory<byte> fields, DateTimeOffset date)
    {
        ArgumentNullException.ThrowIfNull(mailing);
        if (mailing.ContentHash is null) throw new InvalidOperationException($"CL9613: mailing {mailing.MailingId} has no frozen content.");
        var content = _contents.Get(mailing.ContentHash);
        if (content.References is { } references && references.Fields.Any(field => field.Kind is FieldContent.RefText or FieldContent.RefImage or FieldContent.RefAttachment))
            throw new InvalidOperationException("CL9613: the message has content that was fetched for this recipient; of that only the address and its hash are kept (decision 012).");
        var output = new ArrayBufferWriter<byte>();
        var scratch = RenderScratchPool.Rent();
        _composition.Compose(content, mailing, sequence, address, fields, date, scratch, output, content.References is { } links ? Links(links, content, mailing.MailingId, sequence, fields) : null);
        RenderScratchPool.Return(scratch);
        return output.WrittenSpan.ToArray();
    }

    private RecipientContent Links(ReferencedFields references, CompiledMailing content, long mailingId, int sequence, ReadOnlyMemory<byte> fields)
    {
        var row = new RecipientRow(content.Columns);
        row.Load(fields);
        return RecipientContent.Again(references, row, references.AreStored ? _stored.Of(mailingId, sequence) : []);
    }
}
