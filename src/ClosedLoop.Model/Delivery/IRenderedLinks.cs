namespace ClosedLoop.Model.Delivery;

/// <summary>
/// Tracked links as one recipient got them. Links are not stored per recipient: content and fields are frozen, so
/// rendering again yields the same targets in the same order.
/// </summary>
public interface IRenderedLinks
{
    /// <summary>
    /// Tracked links of a recipient in order; the position in the list + 1 is the link's ordinal (0 is the open pixel).
    /// </summary>
    /// <param name="contentHash">Hash of the mailing's frozen content.</param>
    /// <param name="mailingId">The mailing.</param>
    /// <param name="sequence">The recipient's position in it.</param>
    /// <param name="recipientId">Their id, which a target may hold.</param>
    /// <param name="address">The recipient's address.</param>
    /// <param name="fields">The recipient's columns.</param>
    IReadOnlyList<RenderedLink> Of(string contentHash, long mailingId, int sequence, long recipientId, string address, ReadOnlyMemory<byte> fields);

    /// <summary>Whether the mailing carries an open pixel.</summary>
    bool HasPixel(string contentHash);
}
