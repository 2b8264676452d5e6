using System.Text;
using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Escaping;

/// <summary>
/// A value with which a URL begins: written if its scheme is one of a mail's, else not at all (closed-loop spec section 8). What a URL
/// cannot hold is percent-encoded.
/// </summary>
/// <param name="inCss">Inside <c>url(…)</c>: brackets are encoded as well.</param>
/// <param name="isMarkup">The ampersand becomes an entity.</param>
/// <param name="isUnquoted">The attribute has no quotes, so an empty value becomes two.</param>
internal sealed class WholeUrlEscaper(bool inCss, bool isMarkup, bool isUnquoted) : ByteEscaper(inCss ? "-._~:/?#[]@!$*+,;=%" : "-._~:/?#[]@!$*+,;=%()", beyondAscii: true)
{
    private static readonly byte[][] Schemes = [.. new[] { "http://", "https://", "mailto:", "tel:", "sms:", "cid:" }.Select(Encoding.ASCII.GetBytes)];

    public static WholeUrlEscaper Attribute { get; } = new(inCss: false, isMarkup: true, isUnquoted: false);

    public static WholeUrlEscaper Unquoted { get; } = new(inCss: false, isMarkup: true, isUnquoted: true);

    public static WholeUrlEscaper StyleAttribute { get; } = new(inCss: true, isMarkup: true, isUnquoted: false);

    public static WholeUrlEscaper StyleSheet { get; } = new(inCss: true, isMarkup: false, isUnquoted: false);

    public override void Apply(scoped ReadOnlySpan<byte> input, ref Utf8Writer output)
    {
        var url = input.Trim(" \t\r\n\f"u8);
        if (HasKnownScheme(url)) base.Apply(url, ref output);
        else if (isUnquoted) output.Write("\"\""u8);
    }

    protected override void WriteEscaped(byte b, ref Utf8Writer output)
    {
        if (b != '&') WritePercent(b, ref output);
        else output.Write(isMarkup ? "&amp;"u8 : "&"u8);
    }

    private static bool HasKnownScheme(ReadOnlySpan<byte> url)
    {
        foreach (var scheme in Schemes)
        {
            if (url.Length >= scheme.Length && Ascii.EqualsIgnoreCase(url[..scheme.Length], scheme)) return true;
        }

        return false;
    }
}
