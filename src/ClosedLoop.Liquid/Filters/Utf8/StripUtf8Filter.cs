using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Filters.Utf8;

/// <summary><c>strip</c>, <c>lstrip</c> and <c>rstrip</c>.</summary>
internal sealed class StripUtf8Filter(bool start, bool end) : Utf8Filter
{
    public override long MaxLength(long input) => input;

    public override void Apply(scoped ReadOnlySpan<byte> input, ref Utf8Writer output)
    {
        if (start)
        {
            input = input.TrimStart("\0 \t\n\v\f\r"u8);
        }

        output.Write(end ? input.TrimEnd("\0 \t\n\v\f\r"u8) : input);
    }
}
