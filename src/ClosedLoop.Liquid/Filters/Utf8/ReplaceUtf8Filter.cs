using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Filters.Utf8;

/// <summary><c>replace</c> and <c>remove</c> with constants; the text looked for is not empty.</summary>
internal sealed class ReplaceUtf8Filter(byte[] pattern, byte[] replacement) : Utf8Filter
{
    public override long MaxLength(long input) => input + (input / pattern.Length * Math.Max(0, replacement.Length - pattern.Length));

    public override bool Keeps(ReadOnlySpan<byte> text) => text.IndexOf(pattern) < 0;

    public override void Apply(scoped ReadOnlySpan<byte> input, ref Utf8Writer output)
    {
        while (true)
        {
            var at = input.IndexOf(pattern);
            if (at < 0)
            {
                output.Write(input);
                return;
            }

            output.Write(input[..at]);
            output.Write(replacement);
            input = input[(at + pattern.Length)..];
        }
    }
}
