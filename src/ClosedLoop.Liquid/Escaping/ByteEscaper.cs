using ClosedLoop.Liquid.Filters.Utf8;
using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Escaping;

/// <summary>Escapes byte by byte: some stay as they are, the others are written in another form. Bytes beyond ASCII are whole characters' parts.</summary>
internal abstract class ByteEscaper : Utf8Filter
{
    private readonly bool[] _stays;

    /// <summary>Takes the bytes that stay.</summary>
    /// <param name="ascii">Signs that stay besides letters and digits.</param>
    /// <param name="beyondAscii">Whether bytes from 0x80 stay.</param>
    protected ByteEscaper(string ascii, bool beyondAscii)
    {
        _stays = [.. Enumerable.Range(0, 256).Select(b => b < 0x80 ? char.IsAsciiLetterOrDigit((char)b) || ascii.Contains((char)b, StringComparison.Ordinal) : beyondAscii)];
    }

    public override long MaxLength(long input) => (input * 6) + 2;

    public override void Apply(scoped ReadOnlySpan<byte> input, ref Utf8Writer output)
    {
        var done = 0;
        for (var i = 0; i < input.Length; i++)
        {
            if (_stays[input[i]]) continue;
            output.Write(input[done..i]);
            WriteEscaped(input[i], ref output);
            done = i + 1;
        }

        output.Write(input[done..]);
    }

    protected bool AllStay(ReadOnlySpan<byte> input)
    {
        foreach (var b in input)
        {
            if (!_stays[b]) return false;
        }

        return true;
    }

    protected abstract void WriteEscaped(byte b, ref Utf8Writer output);

    protected static void WritePercent(byte b, ref Utf8Writer output) =>
        output.Write([(byte)'%', "0123456789ABCDEF"u8[b >> 4], "0123456789ABCDEF"u8[b & 15]]);
}
