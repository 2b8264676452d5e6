using System.Net;
using System.Text;
using ClosedLoop.Liquid.Filters;
using ClosedLoop.Liquid.Filters.Utf8;
using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Escaping;

/// <summary>The text that markup stands for: no tags, entities decoded.</summary>
internal sealed class MarkupTextFilter : Utf8Filter
{
    public static MarkupTextFilter Instance { get; } = new();

    // Bytes that are no UTF-8 become the replacement character, three bytes each.
    public override long MaxLength(long input) => input * 3;

    public override void Apply(scoped ReadOnlySpan<byte> input, ref Utf8Writer output)
    {
        if (input.ContainsAny("<&"u8)) output.Write(WebUtility.HtmlDecode(MarkupStripper.Strip(Encoding.UTF8.GetString(input))));
        else output.Write(input);
    }
}
