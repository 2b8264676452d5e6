using System.Text;

namespace ClosedLoop.Mail.Mime;

/// <summary>Every charset the runtime knows, by the names mail uses.</summary>
internal static class Charsets
{
    /// <summary>Decodes with replacement characters for what does not fit; unknown charsets are tried as UTF-8, then read as windows-1252.</summary>
    public static string Decode(string? charset, ReadOnlySpan<byte> bytes)
    {
        var encoding = Find(charset);
        if (encoding is not null)
            return encoding.GetString(bytes);
        return System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Western.GetString(bytes);
    }

    private static Encoding Western => CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>Null for us-ascii too: mail that says so and holds other octets is common, and the guess serves it.</summary>
    private static Encoding? Find(string? charset)
    {
        charset = charset?.Trim().Trim('"', '\'').ToUpperInvariant();
        if (string.IsNullOrEmpty(charset) || charset is "US-ASCII" or "ASCII" or "UNKNOWN-8BIT")
            return null;

        // The WHATWG encoding standard reads Latin-1 as windows-1252: C1 controls are never meant.
        if (charset is "ISO-8859-1" or "LATIN1")
            return Western;
        if (charset is "UTF-7" or "UNICODE-1-1-UTF-7")
            return null;
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.GetEncoding(charset);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
