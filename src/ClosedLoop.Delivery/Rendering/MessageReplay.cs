using System.Buffers;
using ClosedLoop.Data.Content;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Delivery.Content;
using ClosedLoop.Delivery.Products;
using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Tokens;

namespace ClosedLoop.Delivery.Rendering;

/// <inheritdoc cref="IMessageReplay"/>
internal sealed class MessageReplay(
    CompiledMailings contents, MessageComposition composition, RecipientContentStore stored, MailingStore mailings, ProductDataSets products, TrackingTokenCodec tokens, DeliveryOptions options,
    TimeProvider time) : IMessageReplay
{
    public ReadOnlyMemory<byte> Again(MailingRow mailing, int sequence, string address, ReadOnlyMemory<byte> fields, DateTimeOffset date)
    {
        ArgumentNullException.ThrowIfNull(mailing);
        var content = contents.Get(mailing.ContentHash!);
        return Compose(content, mailing, sequence, address, fields, date, Own(content, mailing.MailingId, sequence, fields));
    }

    public string? Missing(MailingRow mailing)
    {
        ArgumentNullException.ThrowIfNull(mailing);
        if (mailing.ContentHash is not { } hash) return $"CL9613: mailing {mailing.MailingId} has no frozen content.";
        return contents.Get(hash).References is { } references && references.Fields.Any(field => field.Kind is FieldContent.RefText or FieldContent.RefImage or FieldContent.RefAttachment)
            ? "CL9613: the message has content that was fetched for this recipient; of that only the address and its hash are kept (decision 012)."
            : null;
    }

    public ReadOnlyMemory<byte> Preview(FrozenMailing content, string address, ReadOnlyMemory<byte> fields) => Trial(content, time.GetUtcNow())(0, address, fields);

    public Func<int, string, ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> Trial(FrozenMailing content, DateTimeOffset date)
    {
        ArgumentNullException.ThrowIfNull(content);
        return Trial(ProductUse.For(content), UnsentMailing.Of(content.Source).MailingId, date, catalogues: null);
    }

    public Func<int, string, ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> Trial(MailingRow mailing, DateTimeOffset date)
    {
        ArgumentNullException.ThrowIfNull(mailing);
        return Trial(mailings.ReadFrozen(mailing.ContentHash!), mailing.MailingId, date, products);
    }

    /// <param name="content">What the messages are made of.</param>
    /// <param name="owner">Mailing under which content of recipients was kept.</param>
    /// <param name="date">The messages' date.</param>
    /// <param name="catalogues">Product data; <c>null</c> to go without.</param>
    private Func<int, string, ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> Trial(FrozenMailing content, long owner, DateTimeOffset date, ProductDataSets? catalogues)
    {
        var plain = content with { Source = content.Source with { TrackClicks = false, TrackOpens = false } };
        var compiled = new CompiledMailing(plain, tokens, options.TrackingBase, mailings.ReadFile, catalogues);
        var nobodys = UnsentMailing.Of(content.Source);
        return (sequence, address, fields) => Compose(compiled, nobodys, sequence, address, fields, date, Own(compiled, owner, sequence, fields));
    }

    private ReadOnlyMemory<byte> Compose(CompiledMailing content, MailingRow mailing, int sequence, string address, ReadOnlyMemory<byte> fields, DateTimeOffset date, RecipientContent? own)
    {
        var output = new ArrayBufferWriter<byte>();
        var scratch = RenderScratchPool.Rent();
        try
        {
            composition.Compose(content, mailing, sequence, address, fields, date, scratch, output, own);
        }
        finally
        {
            RenderScratchPool.Return(scratch);
        }

        return output.WrittenMemory;
    }

    /// <summary>What other servers said is not asked again: what was fetched stands beside the ledger as far as it was kept.</summary>
    private RecipientContent? Own(CompiledMailing content, long mailingId, int sequence, ReadOnlyMemory<byte> fields)
    {
        if (content.References is not { } references) return null;
        var row = new RecipientRow(content.Columns);
        row.Load(fields);
        return RecipientContent.Again(references, row, references.AreStored ? stored.Of(mailingId, sequence) : []);
    }
}
