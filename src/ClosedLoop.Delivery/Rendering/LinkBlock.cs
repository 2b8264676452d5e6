using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;
using ClosedLoop.Liquid;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Tokens;

namespace ClosedLoop.Delivery.Rendering;

/// <summary>Turns the rendered target of a link into its tracked URL.</summary>
internal sealed class LinkBlock(TrackingTokenCodec tokens, byte[] prefix, IReadOnlyList<string?> names, bool html) : LiquidBlockHandler
{
    public const string Tag = "link";

    public override void Write(string arguments, ReadOnlySpan<byte> body, object? state, IBufferWriter<byte> output)
    {
        var message = (MessageState)state!;
        byte[]? decoded = null;
        var target = Trim(body);
        if (html && target.Contains((byte)'&'))
        {
            // An attribute value is HTML: what a browser would follow is the value after decoding.
            decoded = Encoding.UTF8.GetBytes(WebUtility.HtmlDecode(Encoding.UTF8.GetString(target)));
            target = decoded;
        }

        // A target that is not a web address stays as it is: it would be refused by the redirect, too.
        if (!TrackingTarget.IsAcceptable(target) || target.Length > TrackingTokenCodec.MaxTargetLength || !message.TryNextLink(out var ordinal))
        {
            if (message.Collected is null) output.Write(body);
            return;
        }

        if (message.Collected is { } collected)
        {
            var url = Encoding.UTF8.GetString(target);
            var name = names[int.Parse(arguments, CultureInfo.InvariantCulture)] ?? (url.Length > 255 ? url[..255] : url);
            collected.Add(new RenderedLink(name, url));
            return;
        }

        var span = output.GetSpan(prefix.Length + TrackingTokenCodec.MaxLength(target.Length));
        prefix.CopyTo(span);
        var length = tokens.WriteClick(span[prefix.Length..], message.MailingId, message.Sequence, ordinal, target);
        output.Advance(prefix.Length + length);
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t\r\n"u8);
}
