using System.Buffers;
using System.Net;
using System.Text;
using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Escaping;

/// <summary>Writes a value of any kind so that it is safe in its place.</summary>
internal static class PlaceWriter
{
    private const int MaxOnStack = 512;

    public static void Write(in LiquidValue value, OutputPlace place, ref Utf8Writer output)
    {
        if (place.TakesMarkup)
        {
            ValueWriter.Write(value, escape: true, ref output);
        }
        else if (value.Kind == LiquidKind.Slot)
        {
            place.Escaper.Apply(value.SlotBytes, ref output);
        }
        else if (value.Kind == LiquidKind.Array)
        {
            // As one text: elements that are harmless one by one may form a scheme together.
            var joined = new ArrayBufferWriter<byte>();
            var writer = new Utf8Writer(joined, output.Remaining, 256);
            ValueWriter.Write(value, escape: false, ref writer);
            writer.Flush();
            place.Escaper.Apply(joined.WrittenSpan, ref output);
        }
        else
        {
            WriteText(value.IsMarkup ? WebUtility.HtmlDecode(value.ToText()) : value.ToText(), place, ref output);
        }
    }

    private static void WriteText(string text, OutputPlace place, ref Utf8Writer output)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (most <= MaxOnStack)
        {
            Span<byte> bytes = stackalloc byte[MaxOnStack];
            place.Escaper.Apply(bytes[..Encoding.UTF8.GetBytes(text, bytes)], ref output);
            return;
        }

        var rented = ArrayPool<byte>.Shared.Rent(most);
        place.Escaper.Apply(rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented)), ref output);
        ArrayPool<byte>.Shared.Return(rented);
    }
}
