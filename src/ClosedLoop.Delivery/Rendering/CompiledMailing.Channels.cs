using System.Buffers;
using System.Text;
using ClosedLoop.Liquid;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Tokens;

namespace ClosedLoop.Delivery.Rendering;

/// <summary>What a content of SMS or push has that a mail has not (decision 022).</summary>
internal sealed partial class CompiledMailing
{
    public const string SmsFromPart = "sms.from";

    private readonly LiquidTemplate? _smsFrom;

    /// <summary>The notification; null but for push.</summary>
    public CompiledPush? Push { get; }

    /// <summary>The sender that the mailing's own template writes; null for the client's.</summary>
    public string? SmsFrom(LiquidRow row, MessageState state)
    {
        if (_smsFrom is null) return null;
        var output = new ArrayBufferWriter<byte>(32);
        _smsFrom.Render(output, row, state);
        var from = Encoding.UTF8.GetString(output.WrittenSpan).Trim();
        return from.Length == 0 ? null : from;
    }

    private CompiledPush? PushOf(FrozenMailing content, Func<string, LiquidParseOptions> options, TrackingTokenCodec tokens, Uri trackingBase)
    {
        if (content.Source.Push is not { } push) return null;
        return new CompiledPush(push, (text, part, canTrack) =>
        {
            if (!canTrack || !content.Source.TrackClicks) return Parse(text, text, options(part));
            var markup = new LinkMarkup(content.Source.Dialect);
            var tracked = markup.Text(text);
            return Parse(tracked, text, options(part) with
            {
                Tags = new Dictionary<string, LiquidBlockHandler>(StringComparer.Ordinal)
                {
                    [LinkBlock.Tag] = new LinkBlock(tokens, Prefix(trackingBase, "c"), markup.Names, html: false),
                },
            });
        });
    }
}
