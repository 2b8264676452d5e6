using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Text;

namespace ClosedLoop.Delivery.Channels.Sms;

/// <summary>
/// Cuts a text into segments as phones put it together again (3GPP TS 23.040 section 9.2.3.24.1). A message has 140 octets: 160 septets or 70 units; of a long one each segment gives
/// six octets to the header that numbers it, which leaves 153 septets or 67 units. No escape sequence and no surrogate pair is cut.
/// </summary>
public static class SmsCoding
{
    private const byte Escape = 0x1B;
    private const int SingleSeptets = 160;
    private const int PartSeptets = 153;
    private const int SingleUnits = 70;
    private const int PartUnits = 67;

    /// <summary>TS 23.038 section 6.2.1, position by position; the escape's place is never looked up.</summary>
    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\uFFFFÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private static readonly FrozenDictionary<char, byte> Septets = Basic.Index().Where(each => each.Item != '\uFFFF').ToFrozenDictionary(each => each.Item, each => (byte)each.Index);

    /// <summary>TS 23.038 section 6.2.1.1: two septets each, the first the escape.</summary>
    private static readonly FrozenDictionary<char, byte> Extended = new Dictionary<char, byte>
    {
        ['\f'] = 0x0A,
        ['^'] = 0x14,
        ['{'] = 0x28,
        ['}'] = 0x29,
        ['\\'] = 0x2F,
        ['['] = 0x3C,
        ['~'] = 0x3D,
        [']'] = 0x3E,
        ['|'] = 0x40,
        ['€'] = 0x65,
    }.ToFrozenDictionary();

    /// <summary>How many segments a text takes.</summary>
    public static int CountSegments(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsShort(text) ? 1 : Encode(text).Segments.Count;
    }

    /// <summary>The GSM alphabet if it has all characters, else UCS-2.</summary>
    public static SmsBody Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var c in text)
        {
            if (!Septets.ContainsKey(c) && !Extended.ContainsKey(c)) return new SmsBody(SmsAlphabet.Ucs2, Units(text));
        }

        return new SmsBody(SmsAlphabet.Gsm7, Cut(text));
    }

    /// <summary>The text in UCS-2, for ways that do not take the GSM alphabet.</summary>
    public static SmsBody EncodeUcs2(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new SmsBody(SmsAlphabet.Ucs2, Units(text));
    }

    /// <summary>The text of a segment.</summary>
    public static string Decode(SmsAlphabet alphabet, ReadOnlySpan<byte> octets)
    {
        var text = new StringBuilder(octets.Length);
        if (alphabet == SmsAlphabet.Ucs2)
        {
            for (var i = 0; i + 1 < octets.Length; i += 2) text.Append((char)BinaryPrimitives.ReadUInt16BigEndian(octets[i..]));
            return text.ToString();
        }

        for (var i = 0; i < octets.Length; i++)
        {
            var octet = octets[i];
            if (octet == Escape && i + 1 < octets.Length)
            {
                // TS 23.038: an extension nobody knows is shown as the basic character of its place.
                var next = octets[++i];
                text.Append(Extended.FirstOrDefault(entry => entry.Value == next) is { Key: not '\0' and var extended } ? extended : Basic[next & 0x7F]);
            }
            else if (octet < Basic.Length)
            {
                text.Append(Basic[octet]);
            }
        }

        return text.ToString();
    }

    /// <summary>Whether a text surely is one segment, found without making it: most are.</summary>
    private static bool IsShort(string text) => text.Length <= SingleUnits || (text.Length <= SingleSeptets && CountSeptets(text) <= SingleSeptets);

    /// <summary>Septets of a text in the GSM alphabet; more than fit into one segment when it needs UCS-2.</summary>
    private static int CountSeptets(string text)
    {
        var total = 0;
        foreach (var c in text)
        {
            if (Septets.ContainsKey(c)) total++;
            else if (Extended.ContainsKey(c)) total += 2;
            else return int.MaxValue;
        }

        return total;
    }

    private static List<byte[]> Cut(string text)
    {
        var room = CountSeptets(text) <= SingleSeptets ? SingleSeptets : PartSeptets;
        var segments = new List<byte[]>();
        var segment = new List<byte>(room);
        foreach (var c in text)
        {
            var isBasic = Septets.TryGetValue(c, out var septet);
            if (segment.Count + (isBasic ? 1 : 2) > room)
            {
                segments.Add([.. segment]);
                segment.Clear();
            }

            if (isBasic) segment.Add(septet);
            else segment.AddRange([Escape, Extended[c]]);
        }

        segments.Add([.. segment]);
        return segments;
    }

    private static List<byte[]> Units(string text)
    {
        var room = text.Length <= SingleUnits ? SingleUnits : PartUnits;
        var segments = new List<byte[]>();
        for (var at = 0; at < text.Length;)
        {
            var length = Math.Min(room, text.Length - at);
            if (at + length < text.Length && char.IsHighSurrogate(text[at + length - 1])) length--;
            var segment = new byte[2 * length];
            for (var i = 0; i < length; i++) BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2 * i), text[at + i]);
            segments.Add(segment);
            at += length;
        }

        return segments;
    }
}
