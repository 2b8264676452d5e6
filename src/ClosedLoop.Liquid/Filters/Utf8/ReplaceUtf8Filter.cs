using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Filters.Utf8;

/// <summary><c>replace</c> and <c>remove</c> with constants; the text looked for is not empty.</summary>
internal sealed class ReplaceUtf8Filter(byte[] pattern, byte[] replacement) : Utf8Filter
{
    /// <summary>From here on searching is quicker than writing byte by byte.</summary>
    private const int Long = 48;

    private readonly ByteCodes? _codes = pattern.Length == 1 ? ByteCodes.TryCreate(b => b == pattern[0] ? replacement : [b]) : null;

    public override long MaxLength(long input) => input + (input / pattern.Length * Math.Max(0, replacement.Length - pattern.Length));

    public override bool Keeps(ReadOnlySpan<byte> text) => text.IndexOf(pattern) < 0;

    public override int TryFill(scoped ReadOnlySpan<byte> input, scoped Span<byte> room) =>
        input.Length < Long && _codes?.TryFill(input, room) is { } used and >= 0 ? used : base.TryFill(input, room);

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
