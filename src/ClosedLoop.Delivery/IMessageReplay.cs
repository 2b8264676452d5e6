using ClosedLoop.Data.Mailings;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Delivery;

/// <summary>Renders messages for looking at: as they were sent, or as they would be.</summary>
public interface IMessageReplay
{
    /// <summary>Why a mailing's messages cannot be made again octet by octet (CL9613); <c>null</c> when they can, given the second at which each was made.</summary>
    string? Missing(MailingRow mailing);

    /// <summary>The message of one recipient from what was frozen with its mailing. Nothing is fetched, claimed or recorded.</summary>
    /// <param name="mailing">The mailing; its content is frozen.</param>
    /// <param name="sequence">Position of the recipient.</param>
    /// <param name="address">The recipient's address.</param>
    /// <param name="fields">The recipient's columns.</param>
    /// <param name="date">The message's date.</param>
    /// <returns>The whole message, headers included.</returns>
    ReadOnlyMemory<byte> Again(MailingRow mailing, int sequence, string address, ReadOnlyMemory<byte> fields, DateTimeOffset date);

    /// <summary>A content as one recipient would get it; links are not tracked, so that looking at it leaves no trace.</summary>
    /// <param name="content">The content as it would be frozen.</param>
    /// <param name="address">The recipient's address.</param>
    /// <param name="fields">The recipient's columns.</param>
    /// <returns>The whole message, headers included.</returns>
    ReadOnlyMemory<byte> Preview(FrozenMailing content, string address, ReadOnlyMemory<byte> fields);

    /// <summary>
    /// Renders messages of a mailing again for a trial: from what was frozen, but without anything that leads back to the mailing. Links are not tracked, Message-ID, return path and
    /// unsubscribe link name no mailing there is, so that whatever is done with such a mail counts nowhere. Nothing is fetched, claimed or recorded.
    /// </summary>
    /// <param name="mailing">The mailing; its content is frozen.</param>
    /// <param name="date">The messages' date.</param>
    /// <returns>Makes one recipient's message, from position, address and columns.</returns>
    Func<int, string, ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> Trial(MailingRow mailing, DateTimeOffset date);

    /// <summary>The same from a content that is not frozen yet, as it would be frozen now.</summary>
    /// <param name="content">The content.</param>
    /// <param name="date">The messages' date.</param>
    /// <returns>Makes one recipient's message, from position, address and columns.</returns>
    Func<int, string, ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> Trial(FrozenMailing content, DateTimeOffset date);
}
