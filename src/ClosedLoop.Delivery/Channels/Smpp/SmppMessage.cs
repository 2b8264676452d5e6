using System.Globalization;
using System.Text;
using ClosedLoop.Data.Channels;
using ClosedLoop.Delivery.Channels.Sms;
using ClosedLoop.Model.Clients;

namespace ClosedLoop.Delivery.Channels.Smpp;

/// <summary>Makes the bodies of submit_sm (SMPP 3.4 section 4.4) of one message, one for each segment.</summary>
internal static class SmppMessage
{
    private const int UserDataHeader = 0x40;
    private const int International = 1;
    private const int Alphanumeric = 5;
    private const int NetworkSpecific = 3;
    private const int Isdn = 1;
    private const int Ucs2 = 8;

    public static IReadOnlyList<byte[]> Bodies(ChannelMessage message, SmppSettings settings)
    {
        var (octets, coding) = Encode(message.Text, settings);
        var mark = MessageReferences.MarkOf(message.Reference);
        if (octets.Count == 1) return [Body(message, settings, 0, coding, octets[0], Named(settings, new SmppReference(1, 1, mark)))];
        if (settings.Long == "payload") return [Body(message, settings, 0, coding, [], [(SmppTag.MessagePayload, [.. octets.SelectMany(part => part)]), .. Named(settings, new SmppReference(1, 1, mark))])];

        // The same whenever the message is sent again, and most likely another than that of the message before to the same phone.
        var reference = (byte)message.Id.Aggregate(17, (hash, c) => (hash * 31) + c);
        return [.. octets.Select((part, i) =>
        {
            var named = Named(settings, new SmppReference(i + 1, octets.Count, mark));
            return settings.Long == "sar"
                ? Body(message, settings, 0, coding, part, [(SmppTag.SarReference, [0, reference]), (SmppTag.SarTotal, [(byte)octets.Count]), (SmppTag.SarNumber, [(byte)(i + 1)]), .. named])
                : Body(message, settings, UserDataHeader, coding, [5, 0, 3, reference, (byte)octets.Count, (byte)(i + 1), .. part], named);
        })];
    }

    /// <summary>Only where receipts come back: nobody else has a use for it.</summary>
    private static IReadOnlyList<(ushort Tag, byte[] Value)> Named(SmppSettings settings, SmppReference reference) =>
        settings is { Receipts: true, Reference: true } && reference.Parts <= SmppReference.MostParts ? [(SmppTag.UserMessageReference, reference.Value())] : [];

    private static byte[] Body(ChannelMessage message, SmppSettings settings, int esmClass, int coding, byte[] text, IReadOnlyList<(ushort Tag, byte[] Value)> tags)
    {
        var writer = new SmppWriter().Text("");
        Source(writer, message.From ?? "");
        writer.Byte(International).Byte(Isdn).Text(message.Address.TrimStart('+'))
            .Byte(esmClass).Byte(0).Byte(0).Text("").Text(Validity(settings.ValiditySeconds))
            .Byte(settings.Receipts ? 1 : 0).Byte(0).Byte(coding).Byte(0).Byte(text.Length).Octets(text);
        foreach (var (tag, value) in tags) writer.Tag(tag, value);
        return writer.Body;
    }

    /// <summary>Type and plan of the sender (section 5.2.5): a number, a short code, a name, or nothing, which leaves it to the message centre.</summary>
    private static void Source(SmppWriter writer, string from)
    {
        if (from.Length == 0) writer.Byte(0).Byte(0).Text("");
        else if (from[0] == '+') writer.Byte(International).Byte(Isdn).Text(from[1..]);
        else if (from.All(char.IsAsciiDigit)) writer.Byte(NetworkSpecific).Byte(0).Text(from);
        else writer.Byte(Alphanumeric).Byte(0).Text(from);
    }

    private static (IReadOnlyList<byte[]> Octets, int Coding) Encode(string text, SmppSettings settings)
    {
        var body = SmsCoding.Encode(text);
        if (body.Alphabet == SmsAlphabet.Ucs2) return (body.Segments, Ucs2);
        if (settings.DefaultAlphabet != "latin1") return (body.Segments, 0);

        // Every character of the GSM alphabet beyond Latin-1 is one that such a message centre cannot be told of.
        if (text.Any(c => c > 'ÿ'))
        {
            return (SmsCoding.EncodeUcs2(text).Segments, Ucs2);
        }

        return ([.. body.Segments.Select(segment => Encoding.Latin1.GetBytes(SmsCoding.Decode(SmsAlphabet.Gsm7, segment)))], 0);
    }

    /// <summary>A relative time (section 7.1.1.2).</summary>
    private static string Validity(int seconds)
    {
        if (seconds == 0) return "";
        var span = TimeSpan.FromSeconds(seconds);
        return string.Create(CultureInfo.InvariantCulture, $"0000{span.Days:00}{span.Hours:00}{span.Minutes:00}{span.Seconds:00}000R");
    }
}
