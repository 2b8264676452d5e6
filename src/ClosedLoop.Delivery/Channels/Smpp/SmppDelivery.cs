using System.Text;
using System.Text.RegularExpressions;
using ClosedLoop.Data.Channels;
using ClosedLoop.Delivery.Channels.Sms;

namespace ClosedLoop.Delivery.Channels.Smpp;

/// <summary>What deliver_sm brings (SMPP 3.4 section 4.6): a delivery receipt, or a message that somebody has sent.</summary>
internal sealed partial record SmppDelivery
{
    private const int TypeMask = 0x3C;
    private const int ReceiptType = 0x04;
    private const int UserDataHeader = 0x40;

    /// <summary>Who sent it: digits mostly, without a plus.</summary>
    public required string Source { get; init; }

    public required bool IsReceipt { get; init; }

    public required string Text { get; init; }

    /// <summary>Id of the message that a receipt is about; empty when none could be found.</summary>
    public string MessageId { get; init; } = "";

    /// <summary>What the receipt says; null for words nobody knows.</summary>
    public ReceiptState? State { get; init; }

    /// <summary>As the message centre words it: <c>DELIVRD</c>, <c>UNDELIV</c>, …</summary>
    public string StateName { get; init; } = "";

    /// <summary>The network's error; empty when it gave none.</summary>
    public string Error { get; init; } = "";

    /// <summary>Our own name of the message, where the message centre repeats it in a receipt.</summary>
    public SmppReference? Reference { get; init; }

    public static SmppDelivery Read(ReadOnlySpan<byte> body)
    {
        var reader = new SmppReader(body);
        reader.Text();
        reader.Byte();
        reader.Byte();
        var source = reader.Text();
        reader.Byte();
        reader.Byte();
        reader.Text();
        var esmClass = reader.Byte();
        reader.Byte();
        reader.Byte();
        reader.Text();
        reader.Text();
        reader.Byte();
        reader.Byte();
        var coding = reader.Byte();
        reader.Byte();
        var octets = reader.Octets(reader.Byte()).ToArray();
        var tags = reader.Tags();
        if (octets.Length == 0 && tags.TryGetValue(SmppTag.MessagePayload, out var payload)) octets = payload;
        if ((esmClass & UserDataHeader) != 0 && octets.Length > 0) octets = octets[Math.Min(octets[0] + 1, octets.Length)..];
        var text = coding == 8 ? SmsCoding.Decode(SmsAlphabet.Ucs2, octets) : Encoding.Latin1.GetString(octets);
        var delivery = new SmppDelivery { Source = source, IsReceipt = (esmClass & TypeMask) == ReceiptType, Text = text };
        return delivery.IsReceipt ? WithState(delivery, tags) : delivery;
    }

    /// <summary>The optional parameters say it for certain; the text (appendix B) is each message centre's own, and asked for the rest.</summary>
    private static SmppDelivery WithState(SmppDelivery delivery, Dictionary<ushort, byte[]> tags)
    {
        var id = tags.TryGetValue(SmppTag.ReceiptedMessageId, out var given) ? Encoding.ASCII.GetString(given).TrimEnd('\0') : Field(IdField(), delivery.Text);
        var name = tags.TryGetValue(SmppTag.MessageState, out var state) && state.Length == 1 ? NameOf(state[0]) : Field(StateField(), delivery.Text).ToUpperInvariant();
        var reference = tags.TryGetValue(SmppTag.UserMessageReference, out var ours) ? SmppReference.Read(ours) : null;
        return delivery with { MessageId = id, Reference = reference, StateName = name, State = StateOf(name), Error = Field(ErrorField(), delivery.Text) };
    }

    /// <summary>Section 5.2.28.</summary>
    private static string NameOf(int state) => state switch
    {
        1 => "ENROUTE",
        2 => "DELIVRD",
        3 => "EXPIRED",
        4 => "DELETED",
        5 => "UNDELIV",
        6 => "ACCEPTD",
        8 => "REJECTD",
        _ => "UNKNOWN",
    };

    private static ReceiptState? StateOf(string name) => name switch
    {
        "DELIVRD" => ReceiptState.Delivered,
        "UNDELIV" => ReceiptState.FailedHard,
        "EXPIRED" or "DELETED" or "REJECTD" or "UNKNOWN" => ReceiptState.FailedSoft,
        "ENROUTE" or "ACCEPTD" => ReceiptState.Taken,
        _ => null,
    };

    private static string Field(Regex field, string text) => field.Match(text) is { Success: true } match ? match.Groups["value"].Value : "";

    [GeneratedRegex(@"\bid:\s*(?<value>[^\s]{1,65})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex IdField();

    [GeneratedRegex(@"\bstat:\s*(?<value>[A-Za-z]{1,10})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StateField();

    [GeneratedRegex(@"\berr:\s*(?<value>[^\s]{1,10})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ErrorField();
}
