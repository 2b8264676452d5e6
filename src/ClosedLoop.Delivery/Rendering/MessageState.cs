using ClosedLoop.Data.Mailings;
using ClosedLoop.Delivery.Products;
using ClosedLoop.Model.Delivery;

namespace ClosedLoop.Delivery.Rendering;

/// <summary>What the block tags of one message share while it is rendered.</summary>
internal sealed class MessageState
{
    public long MailingId { get; set; }

    public int Sequence { get; set; }

    /// <summary>Ordinal given last; 0 belongs to the pixel.</summary>
    public int Ordinal { get; set; }

    /// <summary>Set while links are collected instead of written (see <see cref="IRenderedLinks"/>).</summary>
    public List<RenderedLink>? Collected { get; set; }

    /// <summary>Set while a mailing is rendered that looks products up.</summary>
    public ProductRun? Products { get; set; }

    /// <summary>Takes the next ordinal; <c>false</c> when the message has as many links as its block of ids.</summary>
    public bool TryNextLink(out int ordinal)
    {
        ordinal = Ordinal + 1;
        if (ordinal >= MailingRow.LinksPerRecipient) return false;
        Ordinal = ordinal;
        return true;
    }
}
