using System.Collections.Frozen;

namespace ClosedLoop.Mail.Mime;

/// <summary>Which header fields a caller may add, and which of them are not free text.</summary>
internal static class HeaderNames
{
    private const int MaxLength = 76;

    /// <summary>Written by the composer, or able to change where a message goes; RFC 5322 section 3.6 allows most of them once only.</summary>
    private static readonly FrozenSet<string> Reserved = FrozenSet.ToFrozenSet(
        ["From", "Sender", "To", "Cc", "Bcc", "Reply-To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "Return-Path", "Received", "DKIM-Signature"],
        StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Structured = FrozenSet.ToFrozenSet(
        ["In-Reply-To", "References", "Auto-Submitted", "Precedence", "Feedback-ID"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Refuses names that break a header block or that the composer owns.</summary>
    /// <exception cref="MailFormatException">With code <see cref="MailErrors.Header"/>.</exception>
    public static void Check(string name)
    {
        // RFC 5322 section 3.6.8: ftext is printable ASCII without the colon.
        if (name.Length is 0 or > MaxLength || name.AsSpan().IndexOfAnyExceptInRange('!', '~') >= 0 || name.Contains(':', StringComparison.Ordinal))
            throw new MailFormatException(MailErrors.Header, $"a header name of {name.Length} characters is refused; expected 1 to {MaxLength} printable ASCII characters without colon");
        if (Reserved.Contains(name))
            throw new MailFormatException(MailErrors.Header, $"header {name} is written by the composer and cannot be added");
    }

    /// <summary>List-* hold URLs (RFC 2369), in which an encoded word would be taken literally.</summary>
    public static bool IsStructured(string name) => name.StartsWith("List-", StringComparison.OrdinalIgnoreCase) || Structured.Contains(name);
}
