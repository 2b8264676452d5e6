using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;

namespace ClosedLoop.Mail.Smtp;

/// <summary>A code of RFC 3463 section 2, class.subject.detail; <c>default</c> when there is none.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct EnhancedStatusCode(int Class, int Subject, int Detail)
{
    public bool IsPresent => Class != 0;

    /// <summary>Reads a code at the start of the text, up to a space or the end.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out EnhancedStatusCode code)
    {
        code = default;
        if (text.Length < 5 || text[0] is not ((byte)'2' or (byte)'4' or (byte)'5') || text[1] != '.')
            return false;
        if (!TryNumber(text[2..], out var subject, out var used) || text.Length <= used + 2 || text[used + 2] != '.')
            return false;
        var rest = text[(used + 3)..];
        if (!TryNumber(rest, out var detail, out used) || (rest.Length > used && rest[used] != ' '))
            return false;
        code = new EnhancedStatusCode(text[0] - '0', subject, detail);
        return true;
    }

    public override string ToString() => IsPresent ? string.Create(CultureInfo.InvariantCulture, $"{Class}.{Subject}.{Detail}") : "";

    /// <summary>RFC 3463 section 2: subject and detail have one to three digits.</summary>
    private static bool TryNumber(ReadOnlySpan<byte> text, out int value, out int used) =>
        Utf8Parser.TryParse(text, out value, out used) && used is >= 1 and <= 3 && value >= 0 && text[0] is >= (byte)'0' and <= (byte)'9';
}
