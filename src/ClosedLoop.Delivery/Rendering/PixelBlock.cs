using System.Buffers;
using ClosedLoop.Liquid;
using ClosedLoop.Model.Tokens;

namespace ClosedLoop.Delivery.Rendering;

/// <summary>Writes the open pixel.</summary>
internal sealed class PixelBlock(TrackingTokenCodec tokens, byte[] prefix) : LiquidBlockHandler
{
    public const string Tag = "pixel";

    /// <summary>Puts the pixel before the end of the body; a template without one gets it at its end.</summary>
    public static string Insert(string html)
    {
        var at = html.LastIndexOf("</body", StringComparison.OrdinalIgnoreCase);
        return html.Insert(at < 0 ? html.Length : at, "{% pixel %}{% endpixel %}");
    }

    public override void Write(string arguments, ReadOnlySpan<byte> body, object? state, IBufferWriter<byte> output)
    {
        var message = (MessageState)state!;
        if (message.Collected is not null) return;
        output.Write("<img src=\""u8);
        output.Write(prefix);
        var span = output.GetSpan(TrackingTokenCodec.MaxLength(0));
        output.Advance(tokens.Write(span, TrackingTokenKind.Open, message.MailingId, message.Sequence));
        output.Write("\" width=\"1\" height=\"1\" alt=\"\" style=\"display:block;border:0\">"u8);
    }
}
