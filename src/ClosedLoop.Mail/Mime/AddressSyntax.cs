using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace ClosedLoop.Mail.Mime;

/// <summary>
/// The addresses this service writes into headers and SMTP commands: dot-atom local parts and host names of RFC 5321 section 4.1.2,
/// without source routes, address literals and comments. What passes contains no character that ends a command or a header.
/// </summary>
public static class AddressSyntax
{
    /// <summary>RFC 5321 section 4.5.3.1.3 with the angle brackets taken off (erratum 1690 of RFC 3696).</summary>
    public const int MaxLength = 254;

    /// <summary>RFC 5321 section 4.5.3.1.1.</summary>
    public const int MaxLocalPart = 64;

    private static readonly SearchValues<char> Atom =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~.");

    private static readonly SearchValues<char> HostName =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.");

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <summary>Checks an address and gives the form that goes over the wire: the domain in A-labels, all ASCII.</summary>
    /// <param name="address">The addr-spec without angle brackets.</param>
    /// <param name="rules">What is taken beside dot-atoms.</param>
    /// <param name="wire">The same string instance when nothing had to be changed.</param>
    /// <param name="fault">What is wrong, when false is returned.</param>
    public static bool TryNormalize(string? address, AddressRules rules, [NotNullWhen(true)] out string? wire, out AddressFault fault)
    {
        wire = null;
        var candidate = address ?? "";
        fault = Check(candidate, rules, out var at);
        if (fault != AddressFault.None)
            return false;
        var domain = candidate.AsSpan(at + 1);
        if (!Ascii.IsValid(domain))
        {
            fault = AddressFault.DomainLabel;
            if (!TryALabels(candidate[(at + 1)..], out var ascii))
                return false;
            candidate = string.Concat(candidate.AsSpan(0, at + 1), ascii);
            domain = candidate.AsSpan(at + 1);
        }

        fault = Octets(candidate) > MaxLength ? AddressFault.TooLong : CheckHost(domain);
        if (fault != AddressFault.None)
            return false;
        wire = candidate;
        return true;
    }

    /// <summary>As <see cref="TryNormalize"/>, for callers to whom a bad address is an error.</summary>
    /// <exception cref="MailFormatException">With code <see cref="MailErrors.Address"/>.</exception>
    public static string Normalize(string? address, AddressRules rules = AddressRules.None) =>
        TryNormalize(address, rules, out var wire, out var fault)
            ? wire
            : throw new MailFormatException(MailErrors.Address, $"the address of {address?.Length ?? 0} characters is refused ({fault}); expected local@domain");

    /// <summary>Whether the wire form of an address needs SMTPUTF8.</summary>
    internal static bool NeedsSmtpUtf8(string wire) => !Ascii.IsValid(wire);

    /// <summary>RFC 6531 section 3.3 counts octets, as RFC 5321 does.</summary>
    private static int Octets(ReadOnlySpan<char> text) => Encoding.UTF8.GetByteCount(text);

    private static AddressFault Check(string address, AddressRules rules, out int at)
    {
        at = -1;
        if (address.Length == 0)
            return AddressFault.Empty;
        if (address.Length > MaxLength)
            return AddressFault.TooLong;
        foreach (var c in address)
        {
            // Line and paragraph separator end a line for some readers.
            if (char.IsControl(c) || c is '\u2028' or '\u2029')
                return AddressFault.ControlCharacter;
        }

        at = address.LastIndexOf('@');
        if (at <= 0 || at == address.Length - 1)
            return AddressFault.NoAtSign;
        var local = address.AsSpan(0, at);
        if (Octets(local) > MaxLocalPart)
            return AddressFault.LocalPartTooLong;
        return local[0] == '"' ? CheckQuoted(local, rules.HasFlag(AddressRules.QuotedLocalPart)) : CheckDotAtom(local, rules);
    }

    private static AddressFault CheckDotAtom(ReadOnlySpan<char> local, AddressRules rules)
    {
        if (!Ascii.IsValid(local))
        {
            if (!rules.HasFlag(AddressRules.Utf8LocalPart))
                return AddressFault.Utf8LocalPart;
            if (!IsUtf8Atom(local))
                return AddressFault.LocalPartCharacter;
        }
        else if (local.ContainsAnyExcept(Atom))
        {
            return AddressFault.LocalPartCharacter;
        }

        return local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal) ? AddressFault.LocalPartDots : AddressFault.None;
    }

    /// <summary>RFC 6532 section 3.2 lets all of Unicode in; spaces, invisible characters and half surrogates are kept out.</summary>
    private static bool IsUtf8Atom(ReadOnlySpan<char> local)
    {
        while (!local.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(local, out var rune, out var used) != OperationStatus.Done)
                return false;
            if (rune.IsAscii ? !Atom.Contains((char)rune.Value) : rune == Rune.ReplacementChar || Rune.IsWhiteSpace(rune) || Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse)
                return false;
            local = local[used..];
        }

        return true;
    }

    private static AddressFault CheckQuoted(ReadOnlySpan<char> local, bool allowed)
    {
        if (!allowed || local.Length < 2 || local[^1] != '"')
            return AddressFault.QuotedLocalPart;
        for (var i = 1; i < local.Length - 1; i++)
        {
            // RFC 5321 section 4.1.2: qtextSMTP and quoted-pairSMTP are printable ASCII.
            if (local[i] is < ' ' or > '~' or '"')
                return AddressFault.QuotedLocalPart;
            if (local[i] == '\\' && (++i == local.Length - 1 || local[i] is < ' ' or > '~'))
                return AddressFault.QuotedLocalPart;
        }

        return AddressFault.None;
    }

    private static AddressFault CheckHost(ReadOnlySpan<char> domain)
    {
        if (domain[0] == '[')
            return AddressFault.DomainLiteral;
        if (domain.Length > 253 || domain.ContainsAnyExcept(HostName))
            return AddressFault.DomainLabel;
        while (true)
        {
            var dot = domain.IndexOf('.');
            var label = dot < 0 ? domain : domain[..dot];
            if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-')
                return AddressFault.DomainLabel;
            if (dot < 0)
                return AddressFault.None;
            domain = domain[(dot + 1)..];
        }
    }

    private static bool TryALabels(string domain, [NotNullWhen(true)] out string? ascii)
    {
        try
        {
            ascii = Idn.GetAscii(domain);
            return true;
        }
        catch (ArgumentException)
        {
            ascii = null;
            return false;
        }
    }
}
