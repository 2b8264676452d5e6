using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ClosedLoop.Data.Channels;

/// <summary>
/// Our own names of a message, given to the provider with it. A provider whose answer was lost has no name of its own for us to know the message by; a receipt that
/// repeats ours says which one it means.
/// </summary>
public static class MessageReferences
{
    /// <summary>Longest text that is looked up as a reference.</summary>
    public const int MaxLength = 60;

    /// <summary>Of one attempt: another one has another, so that a late receipt never speaks for a message that came after it.</summary>
    /// <param name="mailingId">The mailing.</param>
    /// <param name="sequence">The recipient.</param>
    /// <param name="resends">How often the mailing was opened again.</param>
    /// <param name="attempt">Attempts in this sending, this one included.</param>
    public static string Of(long mailingId, int sequence, int resends, int attempt) => string.Create(CultureInfo.InvariantCulture, $"{mailingId}.{sequence}.{resends}.{attempt}");

    /// <summary>For protocols with few bits to spare: eight of them, which tell messages to one phone apart.</summary>
    public static byte MarkOf(string reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return SHA256.HashData(Encoding.ASCII.GetBytes(reference))[0];
    }

    /// <summary>The name that a phone number and a mark are together. A receipt names the number; what is kept is its hash.</summary>
    public static string Short(string phone, byte mark)
    {
        ArgumentNullException.ThrowIfNull(phone);
        var number = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(phone)).AsSpan(0, 12));
        return string.Create(CultureInfo.InvariantCulture, $"{number}/{mark:x2}");
    }

    /// <summary>Mailing and recipient of a reference; null for what <see cref="Of"/> has not written.</summary>
    internal static (long MailingId, int Sequence)? Place(string reference)
    {
        var parts = reference.Split('.');
        return parts.Length == 4 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var mailing) && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? (mailing, sequence)
            : null;
    }
}
