using System.Text;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Delivery.Rendering;

internal sealed partial class LinkMarkup
{
    /// <summary>Longest placeholder of a vendor that is recognised inside an address.</summary>
    private const int MaxPlaceholder = 200;

    /// <summary>Longest link code, and longest target that is wrapped already.</summary>
    private const int MaxCode = 8192;

    /// <summary>Length of the vendor's placeholder or link code at an offset; 0 when there is none.</summary>
    private int PlaceholderLength(string source, int at) => dialect switch
    {
        TemplateDialect.Campaign => LengthBetween(source, at, "{", "}", MaxPlaceholder),
        TemplateDialect.Contactlab => Math.Max(LengthBetween(source, at, "${", "}$", MaxPlaceholder), CodeLength(source, at)),
        _ => 0,
    };

    /// <summary>Length of Contactlab's <c>%{url}%</c> or <c>^{url}^</c>. <c>%{%</c> is text before one of our own tags.</summary>
    private static int CodeLength(string source, int at) => at + 2 < source.Length && source[at + 2] == '%'
        ? 0
        : Math.Max(LengthBetween(source, at, "%{", "}%", MaxCode), LengthBetween(source, at, "^{", "}^", MaxCode));

    private static int LengthBetween(string source, int at, string open, string close, int limit)
    {
        if (string.CompareOrdinal(source, at, open, 0, open.Length) != 0) return 0;
        var from = at + open.Length;
        var line = source.AsSpan(from, Math.Min(limit, source.Length - from));
        if (line.IndexOf('\n') is var end and >= 0) line = line[..end];
        var length = line.IndexOf(close, StringComparison.Ordinal);
        return length < 0 ? 0 : open.Length + length + close.Length;
    }

    /// <summary>Wraps link codes outside the links that are wrapped already; what stands between them goes through <paramref name="plain"/>.</summary>
    private string WrapCodes(string source, Func<string, string> plain)
    {
        if (dialect != TemplateDialect.Contactlab) return plain(source);
        var output = new StringBuilder(source.Length + 256);
        var copied = 0;
        for (var at = 0; at < source.Length; at++)
        {
            if (LengthBetween(source, at, "{% link ", "{% endlink %}", MaxCode) is var wrapped and > 0)
            {
                at += wrapped - 1;
            }
            else if (CodeLength(source, at) is var length and > 0)
            {
                output.Append(plain(source[copied..at]));
                Wrap(output, source.Substring(at, length), name: null);
                copied = at + length;
                at = copied - 1;
            }
        }

        return output.Append(plain(source[copied..])).ToString();
    }
}
