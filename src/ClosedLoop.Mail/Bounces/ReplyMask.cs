using System.Text;

namespace ClosedLoop.Mail.Bounces;

/// <summary>Takes out of a reply what is made of words and says nothing: addresses, and the links to further reading.</summary>
internal static class ReplyMask
{
    /// <summary>Each address becomes "@".</summary>
    public static string Addresses(string text)
    {
        var masked = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        while (AddressFinder.First(rest, out var start, out var end) is not null)
        {
            masked.Append(rest[..start]).Append('@');
            rest = rest[end..];
        }

        return masked.Append(rest).ToString();
    }

    /// <summary>Each link becomes "http", up to the next white space.</summary>
    public static string Links(string text)
    {
        var masked = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        while (rest.IndexOf("http") is var at and >= 0)
        {
            masked.Append(rest[..at]).Append("http");
            rest = rest[(at + 4)..];
            if (!rest.StartsWith("://") && !rest.StartsWith("s://"))
                continue;
            var end = rest.IndexOfAny(" <>\"'");
            rest = end < 0 ? [] : rest[end..];
        }

        return masked.Append(rest).ToString();
    }
}
