using System.Text;
using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Filters;

/// <summary>Base64 (RFC 4648 section 4) and its URL-safe form (section 5).</summary>
internal static class Base64Filters
{
    public static IEnumerable<FilterDefinition> All { get; } =
    [
        new("base64_encode", 0, 0, (RenderContext c, in LiquidValue input, ReadOnlySpan<LiquidValue> _) => LiquidValue.FromString(Encode(c, input))),
        new("base64_url_safe_encode", 0, 0, (RenderContext c, in LiquidValue input, ReadOnlySpan<LiquidValue> _) =>
            LiquidValue.FromString(Encode(c, input).Replace('+', '-').Replace('/', '_'))),
        new("base64_decode", 0, 0, (RenderContext c, in LiquidValue input, ReadOnlySpan<LiquidValue> _) => Decode(c, input.ToText())),
        new("base64_url_safe_decode", 0, 0, (RenderContext c, in LiquidValue input, ReadOnlySpan<LiquidValue> _) => Decode(c, FromUrlSafe(input.ToText()))),
    ];

    private static string Encode(RenderContext context, in LiquidValue input)
    {
        var text = input.ToText();
        context.Budget.CheckText(text.Length * 4L / 3);
        return Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
    }

    private static string FromUrlSafe(string text)
    {
        text = text.Replace('-', '+').Replace('_', '/');
        return text.EndsWith('=') || text.Length % 4 == 0 ? text : text.PadRight(text.Length + 4 - (text.Length % 4), '=');
    }

    private static LiquidValue Decode(RenderContext context, string text)
    {
        var bytes = new byte[(text.Length / 4 * 3) + 3];

        // The framework skips white space; the reference implementation refuses it.
        if (text.AsSpan().ContainsAny(" \t\r\n") || !Convert.TryFromBase64String(text, bytes, out var length))
        {
            throw context.Error(LiquidErrorCode.InvalidArgument, "text that is not base64", "letters, digits and padding of base64");
        }

        return LiquidValue.FromString(Encoding.UTF8.GetString(bytes, 0, length));
    }
}
