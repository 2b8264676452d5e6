using System.Buffers;
using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Filters.Utf8;

/// <summary><c>url_encode</c>: form encoding, a blank becomes '+'.</summary>
internal sealed class UrlEncodeUtf8Filter : Utf8Filter
{
    private static readonly SearchValues<byte> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~"u8);

    private static readonly bool[] IsPlain = [.. Enumerable.Range(0, 256).Select(b => Plain.Contains((byte)b))];

    public static UrlEncodeUtf8Filter Instance { get; } = new();

    // '+', '%' and the plain characters mean nothing in HTML.
    public override bool MakesMarkup => true;

    public override long MaxLength(long input) => input * 3;

    public override void Apply(scoped ReadOnlySpan<byte> input, ref Utf8Writer output)
    {
        if (output.Free.Length >= MaxLength(input.Length))
        {
            output.Advance(Encode(input, output.Free));
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

    private static int Encode(ReadOnlySpan<byte> input, Span<byte> output)
    {
        var used = 0;
        foreach (var b in input)
        {
            if (IsPlain[b])
            {
                output[used++] = b;
            }
            else if (b == ' ')
            {
                output[used++] = (byte)'+';
            }
            else
            {
                output[used + 2] = "0123456789ABCDEF"u8[b & 15];
                output[used + 1] = "0123456789ABCDEF"u8[b >> 4];
                output[used] = (byte)'%';
                used += 3;
            }
        }

        return used;
    }
}
