using System.Text;

namespace ClosedLoop.Mail.Mime;

/// <summary>Finds single fields in a header block without reading all of it.</summary>
internal static class MimeHeaders
{
    /// <summary>Message-ID and decoded Subject of a message; null for those it does not have.</summary>
    public static (string? MessageId, string? Subject) PeekIdentity(ReadOnlySpan<byte> message)
    {
        var id = Find(message, "message-id:"u8);
        var subject = Find(message, "subject:"u8);
        return (id, subject is null ? null : EncodedWordDecoder.Decode(subject));
    }

    private static string? Find(ReadOnlySpan<byte> message, ReadOnlySpan<byte> lowerNameAndColon)
    {
        while (!message.IsEmpty)
        {
            var end = message.IndexOf((byte)'\n');
            var line = end < 0 ? message : message[..end];
            message = end < 0 ? default : message[(end + 1)..];
            if (line.IsEmpty || line[0] == '\r')
                return null;
            if (line.Length < lowerNameAndColon.Length || !Ascii.EqualsIgnoreCase(line[..lowerNameAndColon.Length], lowerNameAndColon))
                continue;
            var value = new StringBuilder(Text(line[lowerNameAndColon.Length..]));
            while (!message.IsEmpty && message[0] is (byte)' ' or (byte)'\t')
            {
                end = message.IndexOf((byte)'\n');
                value.Append(Text(end < 0 ? message : message[..end]));
                message = end < 0 ? default : message[(end + 1)..];
            }

            return value.ToString().Trim();
        }

        return null;
    }

    private static string Text(ReadOnlySpan<byte> line) => Encoding.UTF8.GetString(line.TrimEnd((byte)'\r'));
}
