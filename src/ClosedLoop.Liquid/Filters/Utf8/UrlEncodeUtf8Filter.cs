using System.Buffers;
using System.Text;
using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Filters.Utf8;

/// <summary><c>url_encode</c>: form encoding, a blank becomes '+'.</summary>
internal sealed class UrlEncodeUtf8Filter : Utf8Filter
{
    private static readonly SearchValues<byte> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~"u8);

    private static readonly ByteCodes? Codes = ByteCodes.TryCreate(b => b == ' ' ? "+"u8.ToArray() : Plain.Contains(b) ? [b] : Encoding.ASCII.GetBytes($"%{b:X2}"));

    public static UrlEncodeUtf8Filter Instance { get; } = new();

    // '+', '%' and the plain characters mean nothing in HTML.
    public override bool MakesMarkup => true;

    public override long MaxLength(long input) => input * 3;

    public override int TryFill(scoped ReadOnlySpan<byte> input, scoped Span<byte> room) => Codes is null ? base.TryFill(input, room) : Codes.TryFill(input, room);

    public override void Apply(scoped ReadOnlySpan<byte> input, ref Utf8Writer output)
    {
        if (Codes?.TryFill(input, output.Free) is { } used and >= 0)
        {
            output.Advance(used);
            return;
        }

        Span<byte> triple = stackalloc byte[3];
        while (true)
        {
            var at = input.IndexOfAnyExcept(Plain);
            if (at < 0)
            {
                output.Write(input);
                return;
            }

            output.Write(input[..at]);
            if (input[at] == ' ')
            {
                output.Write("+"u8);
            }
            else
            {
                triple[0] = (byte)'%';
                triple[1] = "0123456789ABCDEF"u8[input[at] >> 4];
                triple[2] = "0123456789ABCDEF"u8[input[at] & 15];
                output.Write(triple);
            }

            input = input[(at + 1)..];
        }
    }
}
