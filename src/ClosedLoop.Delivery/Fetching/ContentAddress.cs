using System.Buffers;
using System.Globalization;
using System.Net;
using ClosedLoop.Model.Delivery;

namespace ClosedLoop.Delivery.Fetching;

/// <summary>
/// An address that content may be fetched from, taken apart once: what is checked is what is asked. Texts that programs
/// read in different ways (backslashes, white space, a login before the host) are refused, not repaired.
/// </summary>
public sealed record ContentAddress
{
    private const int MaxLength = 2048;

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");

    private ContentAddress(Uri uri, string host)
    {
        Host = host;
        var shown = host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;
        Uri = new UriBuilder(uri.Scheme, shown, uri.Port, uri.AbsolutePath, uri.Query).Uri;
    }

    /// <summary>The address with the host in its normal form and without fragment.</summary>
    public Uri Uri { get; }

    /// <summary>Lower-case name in A-labels without a dot at the end, or an IP address without brackets.</summary>
    public string Host { get; }

    /// <summary>Scheme, host, port and path: queries may be personal.</summary>
    public override string ToString() => Uri.GetLeftPart(UriPartial.Path);

    /// <exception cref="ContentException">The text is no address that is ever asked.</exception>
    public static ContentAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxLength) throw Malformed($"an address of {text.Length} characters", $"at most {MaxLength}");
        if (text.Any(c => c <= ' ' || c == '\\' || char.IsControl(c) || char.IsWhiteSpace(c))) throw Malformed("an address with white space, a control character or a backslash", "those percent-encoded");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri)) throw Malformed("a text that is no address", "one such as https://cms.example.com/offer.html");
        return Checked(uri, text);
    }

    /// <summary>Where a redirect leads.</summary>
    /// <exception cref="ContentException">It leads nowhere, or from https to http.</exception>
    public ContentAddress Follow(string location)
    {
        ArgumentNullException.ThrowIfNull(location);
        ContentAddress target;
        if (location.StartsWith("//", StringComparison.Ordinal)) target = Parse($"{Uri.Scheme}:{location}");
        else if (HasScheme(location)) target = Parse(location);
        else if (!location.Contains('\\', StringComparison.Ordinal) && Uri.TryCreate(Uri, location, out var below)) target = Parse(below.AbsoluteUri);
        else throw Malformed("a redirect to a text that is no address", "an address");
        if (Uri.Scheme == "https" && target.Uri.Scheme != "https") throw new ContentException(ContentFault.RedirectRefused, $"a redirect from https to {target}", "https all the way");
        return target;
    }

    /// <summary>A host in its normal form; <c>null</c> when it is none.</summary>
    internal static string? Normal(string host)
    {
        if (host.Length is 0 or > 255) return null;
        var bare = host[0] == '[' && host[^1] == ']' ? host[1..^1] : host;
        if (bare.Contains(':', StringComparison.Ordinal)) return !bare.Contains('%', StringComparison.Ordinal) && IPAddress.TryParse(bare, out var six) ? six.ToString() : null;
        if (bare.Length == 0) return null;
        string name;
        try
        {
            name = Idn.GetAscii(bare[^1] == '.' ? bare[..^1] : bare).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return null;
        }

        if (name.Length == 0 || name[^1] == '.' || name.AsSpan().ContainsAnyExcept(NameCharacters)) return null;

        // A last label that is a number makes the whole an IPv4 address for some readers (127.1, 0x7f.1, 2130706433), so only four decimals are one here.
        var last = name[(name.LastIndexOf('.') + 1)..];
        var isNumber = char.IsAsciiDigit(last[0]) && (last.All(char.IsAsciiDigit) || last.StartsWith("0x", StringComparison.Ordinal));
        if (!isNumber) return name;
        return IPAddress.TryParse(name, out var four) && four.ToString() == name ? name : null;
    }

    private static ContentAddress Checked(Uri uri, string text)
    {
        if (uri.Scheme is not ("http" or "https")) throw new ContentException(ContentFault.SchemeRefused, $"the scheme {uri.Scheme}", "http or https");
        if (uri.UserInfo.Length > 0 || AuthorityOf(text).Contains('@', StringComparison.Ordinal)) throw new ContentException(ContentFault.LoginRefused, "an address with a login", "none: write the host alone");

        if (!text.StartsWith(uri.Scheme + "://", StringComparison.OrdinalIgnoreCase)) throw Malformed("an address without // behind the scheme", "one such as https://cms.example.com/offer.html");

        // Uri turns 0x7f.1 and 2130706433 into 127.0.0.1 by itself. The text is looked at, so that an address has one spelling.
        var written = HostOf(AuthorityOf(text));
        var host = Normal(written);
        if (host is null || host.Contains('%', StringComparison.Ordinal)) throw Malformed("a host that is neither a name nor an address in its usual form", "a name such as cms.example.com");
        var address = new ContentAddress(uri, host);

        // Both readings of one text must agree, or what was checked is not what is asked.
        var asked = address.Uri.IdnHost.Trim('[', ']');
        if (!string.Equals(Normal(asked), host, StringComparison.Ordinal) || !string.Equals(Normal(uri.IdnHost), host, StringComparison.Ordinal)) throw Malformed("a host that can be read in two ways", "a name such as cms.example.com");
        return address;
    }

    private static bool HasScheme(string location)
    {
        var colon = location.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && char.IsAsciiLetter(location[0]) && location.AsSpan(0, colon).IndexOfAny('/', '?', '#') < 0;
    }

    private static string AuthorityOf(string text)
    {
        var start = text.IndexOf("//", StringComparison.Ordinal);
        if (start < 0) return "";
        start += 2;
        var end = text.AsSpan(start).IndexOfAny('/', '?', '#');
        return end < 0 ? text[start..] : text.Substring(start, end);
    }

    private static string HostOf(string authority)
    {
        if (authority.StartsWith('[')) return authority.IndexOf(']', StringComparison.Ordinal) is var close and > 0 ? authority[..(close + 1)] : authority;
        var colon = authority.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? authority : authority[..colon];
    }

    private static ContentException Malformed(string found, string expected) => new(ContentFault.AddressMalformed, found, expected);
}
