using System.Buffers;
using ClosedLoop.Delivery.Channels;

namespace ClosedLoop.Delivery.Rendering;

/// <summary>Buffers of one render, used again and again.</summary>
internal sealed class RenderScratch
{
    private RecipientRow? _row;
    private int _columns = -1;

    public MessageState State { get; } = new();

    public ArrayBufferWriter<byte> Subject { get; } = new(256);

    public ArrayBufferWriter<byte> Html { get; } = new(32 * 1024);

    public ArrayBufferWriter<byte> Text { get; } = new(4 * 1024);

    /// <summary>A composed message that waits for its signature, which goes before it.</summary>
    public ArrayBufferWriter<byte> Message { get; } = new(32 * 1024);

    /// <summary>Unsubscribe address of the message rendered last, ASCII: signed once, used by the templates and the header.</summary>
    public ReadOnlyMemory<byte> UnsubscribeUrl { get; set; }

    /// <summary>Message-ID of the message rendered last, without angle brackets.</summary>
    public string MessageId { get; set; } = "";

    /// <summary>The notification rendered last; null but for push.</summary>
    public PushNotification? Push { get; set; }

    /// <summary>Who the SMS rendered last comes from; null for the client's sender.</summary>
    public string? SmsFrom { get; set; }

    public RecipientRow Row(int columns)
    {
        if (_row is null || _columns != columns) _row = new RecipientRow(_columns = columns);
        return _row;
    }

    public void Reset()
    {
        Subject.ResetWrittenCount();
        Html.ResetWrittenCount();
        Text.ResetWrittenCount();
    }
}
