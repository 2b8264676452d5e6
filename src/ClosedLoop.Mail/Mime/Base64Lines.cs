using System.Buffers;
using System.Buffers.Text;

namespace ClosedLoop.Mail.Mime;

/// <summary>Base64 of RFC 2045 section 6.8 in lines of 76 characters.</summary>
internal static class Base64Lines
{
    private const int OctetsPerLine = 57;

    /// <summary>Writes text whose line ends are made CRLF first: base64 of text carries canonical line ends (RFC 2045 section 6.8).</summary>
    public static void WriteText(IBufferWriter<byte> output, ReadOnlySpan<byte> body, in BodyShape shape)
    {
        var size = shape.Length + shape.LoneBreaks;
        var rented = ArrayPool<byte>.Shared.Rent(size);
        LineEndings.Normalize(body, rented);
        Write(output, rented.AsSpan(0, size));
        ArrayPool<byte>.Shared.Return(rented);
    }

    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            var chunk = data[..Math.Min(OctetsPerLine, data.Length)];
            var span = output.GetSpan(80);
            Base64.EncodeToUtf8(chunk, span, out _, out var written);
            span[written++] = (byte)'\r';
            span[written++] = (byte)'\n';
            output.Advance(written);
            data = data[chunk.Length..];
        }
    }

    /// <summary>Decodes leniently: characters outside the alphabet are skipped, a torn last group gives what it holds. Returns octets written.</summary>
    public static int Decode(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var written = 0;
        var bits = 0;
        var held = 0;
        foreach (var b in source)
        {
            if (b == '=')
            {
                // Padding ends a group; concatenated base64 goes on after it.
                bits = 0;
                held = 0;
                continue;
            }

            var value = Value(b);
            if (value < 0)
                continue;
            bits = (bits << 6) | value;
            held += 6;
            if (held < 8)
                continue;
            held -= 8;
            target[written++] = (byte)(bits >> held);
            bits &= (1 << held) - 1;
        }

        return written;
    }

    private static int Value(byte b) => b switch
    {
        >= (byte)'A' and <= (byte)'Z' => b - 'A',
        >= (byte)'a' and <= (byte)'z' => b - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => b - '0' + 52,
        (byte)'+' => 62,
        (byte)'/' => 63,
        _ => -1,
    };
}
