using System.Buffers;
using System.Globalization;
using System.Text;

namespace ClosedLoop.Model.Recipients;

/// <summary>
/// The address check of closed-loop spec section 4.2, a subset of RFC 5321. Works on UTF-8 without a string for
/// ASCII addresses; only an internationalised domain takes the slow way through IDNA.
/// </summary>
public static class EmailAddress
{
    /// <summary>Longest address in bytes (RFC 5321 section 4.5.3.1.3, path without its brackets).</summary>
    public const int MaxLength = 254;

    private const int MaxLocalLength = 64;
    private const int MaxLabelLength = 63;

    private static readonly SearchValues<byte> LocalCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+/=?^_{|}~.-`"u8);

    private static readonly IdnMapping Idn = new() { AllowUnassigned = false, UseStd3AsciiRules = true };

    /// <summary>
    /// Checks and normalises: trimmed, domain in lower case and as A-labels. Two addresses are the same person when
    /// their normalised forms are equal without regard to case.
    /// </summary>
    /// <param name="utf8">The address as it came.</param>
    /// <param name="output">Takes the normalised form; at least <see cref="MaxLength"/> bytes.</param>
    /// <param name="written">Bytes of <paramref name="output"/> used; 0 on a fault.</param>
    /// <param name="utf8Local">
    /// Whether letters beyond ASCII may stand before the @ (RFC 6531 section 3.3). They are kept as they came, because only the host that owns the
    /// address knows what they mean; case is ignored for ASCII letters only.
    /// </param>
    public static EmailFault Normalise(ReadOnlySpan<byte> utf8, Span<byte> output, out int written, bool utf8Local = false)
    {
        written = 0;
        var text = Trim(utf8);
        if (text.IsEmpty) return EmailFault.Empty;
        var at = text.IndexOf((byte)'@');
        if (at < 0) return EmailFault.NoAt;
        var domain = text[(at + 1)..];
        if (domain.Contains((byte)'@')) return EmailFault.SeveralAts;
        var fault = CheckLocalPart(text[..at], utf8Local);
        if (fault != EmailFault.None) return fault;
        if (!Ascii.IsValid(domain)) return NormaliseIdn(text[..at], domain, output, out written);
        if (text.Length > MaxLength) return EmailFault.TooLong;

        text[..(at + 1)].CopyTo(output);
        fault = CopyDomain(domain, output[(at + 1)..]);
        if (fault == EmailFault.None) written = text.Length;
        return fault;
    }

    /// <summary>What stands between the blanks around an address.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> utf8) => Ascii.IsValid(utf8) ? utf8.Trim(" \t\r\n"u8) : TrimUnicode(utf8);

    /// <summary>The normalised address, or null when it breaks a rule.</summary>
    public static string? TryNormalise(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> output = stackalloc byte[MaxLength];
        return Normalise(Encoding.UTF8.GetBytes(address), output, out var written) == EmailFault.None
            ? Encoding.ASCII.GetString(output[..written])
            : null;
    }

    /// <summary>The fault in words for a message, without the address.</summary>
    public static string Describe(EmailFault fault) => fault switch
    {
        EmailFault.None => "valid",
        EmailFault.Empty => "empty",
        EmailFault.TooLong => "longer than 254 bytes",
        EmailFault.NoAt => "no @",
        EmailFault.SeveralAts => "more than one @",
        EmailFault.LocalPartLength => "the part before @ must have 1 to 64 characters",
        EmailFault.LocalPartCharacter => "a character before @ is not allowed",
        EmailFault.LocalPartDot => "a dot at the start, at the end or doubled before @",
        EmailFault.LocalPartNotAscii => "letters beyond ASCII before @ need SMTPUTF8, which is off",
        EmailFault.DomainLabels => "the domain needs at least two labels",
        EmailFault.DomainLabelLength => "a domain label must have 1 to 63 characters",
        EmailFault.DomainCharacter => "a character of the domain is not allowed",
        EmailFault.DomainHyphen => "a domain label starts or ends with a hyphen",
        EmailFault.DomainNumeric => "the last domain label is a number",
        EmailFault.DomainNotIdn => "the domain cannot be converted by the rules of IDNA",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };

    private static EmailFault CheckLocalPart(ReadOnlySpan<byte> local, bool utf8)
    {
        if (local.Length is 0 or > MaxLocalLength) return EmailFault.LocalPartLength;
        var odd = local.IndexOfAnyExcept(LocalCharacters);
        if (odd >= 0 && local[odd] < 0x80) return EmailFault.LocalPartCharacter;
        if (odd >= 0 && !utf8) return EmailFault.LocalPartNotAscii;
        if (odd >= 0 && !HasOnlyVisible(local[odd..])) return EmailFault.LocalPartCharacter;
        if (local[0] == '.' || local[^1] == '.' || local.IndexOf(".."u8) >= 0) return EmailFault.LocalPartDot;
        return EmailFault.None;
    }

    /// <summary>Whether nothing in it is invisible or without a meaning that everybody shares: two addresses that look the same must not be two people.</summary>
    private static bool HasOnlyVisible(ReadOnlySpan<byte> local)
    {
        while (!local.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(local, out var rune, out var used) != OperationStatus.Done) return false;
            if (rune.IsAscii ? !LocalCharacters.Contains((byte)rune.Value) : IsInvisible(Rune.GetUnicodeCategory(rune))) return false;
            local = local[used..];
        }

        return true;
    }

    private static bool IsInvisible(UnicodeCategory category) => category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static EmailFault CopyDomain(ReadOnlySpan<byte> domain, Span<byte> output)
    {
        var labelStart = 0;
        var labels = 0;
        var allDigits = true;
        for (var i = 0; i <= domain.Length; i++)
        {
            var b = i < domain.Length ? domain[i] : (byte)'.';
            if (b == '.')
            {
                var length = i - labelStart;
                if (length is 0 or > MaxLabelLength) return EmailFault.DomainLabelLength;
                if (domain[labelStart] == '-' || domain[i - 1] == '-') return EmailFault.DomainHyphen;
                labels++;
                labelStart = i + 1;
                if (i == domain.Length) break;
                output[i] = b;
                allDigits = true;
                continue;
            }

            if ((uint)(b - '0') > 9)
            {
                allDigits = false;
                if ((uint)((b | 0x20) - 'a') <= 'z' - 'a') b |= 0x20;
                else if (b != '-') return EmailFault.DomainCharacter;
            }

            output[i] = b;
        }

        if (labels < 2) return EmailFault.DomainLabels;
        return allDigits ? EmailFault.DomainNumeric : EmailFault.None;
    }

    private static EmailFault NormaliseIdn(ReadOnlySpan<byte> local, ReadOnlySpan<byte> domain, Span<byte> output, out int written)
    {
        written = 0;
        string ascii;
        try
        {
            ascii = Idn.GetAscii(Encoding.UTF8.GetString(domain));
        }
        catch (ArgumentException)
        {
            return EmailFault.DomainNotIdn;
        }

        var length = local.Length + 1 + ascii.Length;
        if (length > MaxLength) return EmailFault.TooLong;
        local.CopyTo(output);
        output[local.Length] = (byte)'@';
        var fault = CopyDomain(Encoding.ASCII.GetBytes(ascii), output[(local.Length + 1)..]);
        if (fault == EmailFault.None) written = length;
        return fault;
    }

    // No-break spaces come along when addresses are pasted from web pages; they are as invisible as a blank.
    private static ReadOnlySpan<byte> TrimUnicode(ReadOnlySpan<byte> utf8)
    {
        while (Rune.DecodeFromUtf8(utf8, out var rune, out var used) == OperationStatus.Done && Rune.IsWhiteSpace(rune)) utf8 = utf8[used..];
        while (Rune.DecodeLastFromUtf8(utf8, out var rune, out var used) == OperationStatus.Done && Rune.IsWhiteSpace(rune)) utf8 = utf8[..^used];
        return utf8;
    }
}
