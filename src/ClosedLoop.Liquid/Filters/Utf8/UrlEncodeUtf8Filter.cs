using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Filters.Utf8;

/// <summary><c>url_encode</c>: form encoding, a blank becomes '+'.</summary>
internal sealed class UrlEncodeUtf8Filter : Utf8Filter
{
    private static readonly SearchValues<byte> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~"u8);

    private static readonly uint[] Codes = [.. Enumerable.Range(0, 256).Select(b => CodeOf((byte)b))];

    public static UrlEncodeUtf8Filter Instance { get; } = new();

    // '+', '%' and the plain characters mean nothing in HTML.
    public override bool MakesMarkup => true;

    public override long MaxLength(long input) => input * 3;

    public override void Apply(scoped ReadOnlySpan<byte> input, ref Utf8Writer output)
    {
        // The fourth byte of the last code needs room too; the other way is for machines that keep bytes in another order as well.
        if (output.Free.Length > MaxLength(input.Length) && BitConverter.IsLittleEndian)
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

    /// <summary>Copies four bytes for each byte and goes on by as many as count, so that nothing has to be guessed.</summary>
    private static int Encode(ReadOnlySpan<byte> input, Span<byte> output)
    {
        ref var start = ref MemoryMarshal.GetReference(output);
        var used = 0;
        foreach (var b in input)
        {
            var code = Codes[b];
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref start, used), code);
            used += (int)(code >> 24);
        }

        return used;
    }

    /// <summary>Three bytes in memory order; the last byte says how many count.</summary>
    private static uint CodeOf(byte b)
    {
        if (Plain.Contains(b) || b == ' ')
        {
            return (b == ' ' ? '+' : (uint)b) | (1u << 24);
        }

        var code = '%' | ((uint)"0123456789ABCDEF"[b >> 4] << 8) | ((uint)"0123456789ABCDEF"[b & 15] << 16) | (3u << 24);
        return code;
    }
}
