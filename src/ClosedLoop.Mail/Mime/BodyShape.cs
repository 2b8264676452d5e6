using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace ClosedLoop.Mail.Mime;

/// <summary>What must be known of a body before its transfer encoding is chosen; one pass per question, each vectorised.</summary>
/// <param name="Length">Octets as given.</param>
/// <param name="NonAscii">Octets above 127.</param>
/// <param name="LongestLine">Octets of the longest line without its end.</param>
/// <param name="LoneBreaks">Line ends that are a bare CR or LF, each of which grows by one octet.</param>
/// <param name="HasNul">RFC 5322 section 2.3 and RFC 5321 section 2.3.1 leave no place for NUL outside an encoding.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BodyShape(int Length, int NonAscii, int LongestLine, int LoneBreaks, bool HasNul)
{
    /// <summary>RFC 5322 section 2.1.1 and RFC 2045 section 2.7: octets in a line without CRLF.</summary>
    private const int MaxLine = 998;

    public static BodyShape Of(ReadOnlySpan<byte> body)
    {
        var longest = 0;
        var lone = 0;
        var rest = body;
        while (true)
        {
            var end = rest.IndexOfAny((byte)'\r', (byte)'\n');
            if (end < 0)
                break;
            longest = Math.Max(longest, end);
            if (rest[end] == '\r' && end + 1 < rest.Length && rest[end + 1] == '\n')
            {
                end++;
            }
            else
            {
                lone++;
            }

            rest = rest[(end + 1)..];
        }

        longest = Math.Max(longest, rest.Length);
        var nonAscii = Ascii.IsValid(body) ? 0 : CountNonAscii(body);
        return new BodyShape(body.Length, nonAscii, longest, lone, body.Contains((byte)0));
    }

    /// <summary>Whether CR and LF occur only as CRLF (RFC 5321 section 2.3.8).</summary>
    public static bool HasOnlyCrLf(ReadOnlySpan<byte> text)
    {
        while (true)
        {
            var end = text.IndexOfAny((byte)'\r', (byte)'\n');
            if (end < 0)
                return true;
            if (text[end] == '\n' || end + 1 == text.Length || text[end + 1] != '\n')
                return false;
            text = text[(end + 2)..];
        }
    }

    public TransferEncoding Choose(bool allowEightBit)
    {
        if (LongestLine <= MaxLine && !HasNul)
        {
            if (NonAscii == 0)
                return TransferEncoding.SevenBit;
            if (allowEightBit)
                return TransferEncoding.EightBit;
        }

        // Quoted-printable costs two more octets for each that is not ASCII, base64 a third of everything: they break even at one in six.
        return (long)NonAscii * 6 > Length ? TransferEncoding.Base64 : TransferEncoding.QuotedPrintable;
    }

    private static int CountNonAscii(ReadOnlySpan<byte> body)
    {
        var count = 0;
        var vectors = MemoryMarshal.Cast<byte, Vector128<byte>>(body);
        foreach (var v in vectors)
            count += BitOperations.PopCount(v.ExtractMostSignificantBits());
        foreach (var b in body[(vectors.Length * Vector128<byte>.Count)..])
            count += b >> 7;
        return count;
    }
}
