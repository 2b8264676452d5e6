namespace ClosedLoop.Mail.Mime;

internal ref partial struct HeaderWriter
{
    /// <summary>List-Unsubscribe with the address that works at one click first, and List-Unsubscribe-Post when there is one.</summary>
    /// <exception cref="MailFormatException">With code <see cref="MailErrors.Header"/>: a target is no address of its kind.</exception>
    public void Unsubscribe(in UnsubscribeTargets targets)
    {
        if (targets.Https is null && targets.Mailto is null)
            return;
        Raw("List-Unsubscribe: "u8);
        if (targets.Https is { } https)
        {
            if (!https.StartsWith("https://", StringComparison.OrdinalIgnoreCase) && !https.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
                throw new MailFormatException(MailErrors.Header, "the unsubscribe address is no https address (RFC 8058 section 3.1)");
            Target(https, "");
        }

        if (targets.Mailto is { } mailto)
        {
            if (targets.Https is not null)
            {
                Raw(","u8);
                EndLine();
                Raw(" "u8);
            }

            var scheme = mailto.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? 7 : 0;
            var query = mailto.IndexOf('?', StringComparison.Ordinal);
            AddressSyntax.Normalize(query < 0 ? mailto[scheme..] : mailto[scheme..query]);
            Target(mailto.AsSpan(scheme), "mailto:");
        }

        EndLine();
        if (targets.Https is not null)
            Lines("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"u8);
    }

    private void Target(scoped ReadOnlySpan<char> target, string scheme)
    {
        // RFC 2369 section 2: the brackets mark where the URL ends; nothing within may look like their end or be folded.
        if (target.Length > LongestWord || target.ContainsAnyExceptInRange('!', '~') || target.ContainsAny("<>\""))
            throw new MailFormatException(MailErrors.Header, $"an unsubscribe address of {target.Length} characters is refused; expected at most {LongestWord} printable ASCII characters without space and brackets");
        Raw("<"u8);
        AsciiText(scheme);
        AsciiText(target);
        Raw(">"u8);
    }
}
