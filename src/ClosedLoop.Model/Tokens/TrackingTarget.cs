using System.Text;

namespace ClosedLoop.Model.Tokens;

/// <summary>Which URLs may be the target of a tracked link.</summary>
public static class TrackingTarget
{
    /// <summary>
    /// True for an absolute http or https URL that names a host and holds nothing a header or a browser would read differently:
    /// no control character, space or backslash (browsers treat a backslash as a slash, so it could move the host).
    /// </summary>
    /// <param name="url">URL in UTF-8.</param>
    public static bool IsAcceptable(ReadOnlySpan<byte> url)
    {
        var afterScheme = StartsWithIgnoreCase(url, "https://"u8) ? 8 : StartsWithIgnoreCase(url, "http://"u8) ? 7 : 0;
        if (afterScheme == 0)
            return false;
        var rest = url[afterScheme..];
        var end = rest.IndexOfAny((byte)'/', (byte)'?', (byte)'#');
        var host = end < 0 ? rest : rest[..end];
        if (host.IsEmpty || host[0] is (byte)':' or (byte)'@')
            return false;
        foreach (var octet in url)
        {
            if (octet is <= 0x20 or 0x7F or (byte)'\\')
                return false;
        }
        return System.Text.Unicode.Utf8.IsValid(url);
    }

    private static bool StartsWithIgnoreCase(ReadOnlySpan<byte> url, ReadOnlySpan<byte> scheme) =>
        url.Length > scheme.Length && Ascii.EqualsIgnoreCase(url[..scheme.Length], scheme);
}
