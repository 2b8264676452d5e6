using System.Buffers;
using ClosedLoop.Data.Content;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Delivery.Content;
using ClosedLoop.Delivery.Products;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Tokens;

namespace ClosedLoop.Delivery.Rendering;

/// <inheritdoc cref="IMessageReplay"/>
internal sealed class MessageReplay(
    CompiledMailings contents, MessageComposition composition, RecipientContentStore stored, MailingStore mailings, TrackingTokenCodec tokens, DeliveryOptions options, TimeProvider time) : IMessageReplay
{
    public ReadOnlyMemory<byte> Again(MailingRow mailing, int sequence, string address, ReadOnlyMemory<byte> fields, DateTimeOffset date)
    {
        ArgumentNullException.ThrowIfNull(mailing);
        return Compose(contents.Get(mailing.ContentHash!), mailing, sequence, address, fields, date);
    }

    public ReadOnlyMemory<byte> Preview(FrozenMailing content, string address, ReadOnlyMemory<byte> fields)
    {
        ArgumentNullException.ThrowIfNull(content);
        var plain = ProductUse.For(content) with { Source = content.Source with { TrackClicks = false, TrackOpens = false } };
        var compiled = new CompiledMailing(plain, tokens, options.TrackingBase, mailings.ReadFile);
        var nobody = new MailingRow
        {
            MailingId = 1,
            CampaignId = 1,
            ListId = 1,
            ClientId = content.Source.ClientId,
            ClientVersion = 1,
            SourceId = content.Source.Id,
            SourceVersion = 1,
            FileId = 0,
            Name = content.Source.Name,
            State = MailingState.Prepared,
            RecipientBase = 0,
            LinkBase = 0,
            Accepted = 1,
            CreatedAt = 0,
        };
        return Compose(compiled, nobody, 0, address, fields, time.GetUtcNow());
    }

    private ReadOnlyMemory<byte> Compose(CompiledMailing content, MailingRow mailing, int sequence, string address, ReadOnlyMemory<byte> fields, DateTimeOffset date)
    {
        var output = new ArrayBufferWriter<byte>();
        var scratch = RenderScratchPool.Rent();
        try
        {
            composition.Compose(content, mailing, sequence, address, fields, date, scratch, output, Own(content, mailing.MailingId, sequence, fields));
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
