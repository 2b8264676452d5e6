namespace ClosedLoop.Mail.Bounces;

/// <summary>Which SMTP command a report says was refused. Every server family words it differently; the words are fixed within a family.</summary>
internal static class SessionCommand
{
    private static readonly (string Words, string Command)[] Words =
    [
        ("in reply to end of data", "DATA"), ("in reply to data", "DATA"), ("in reply to rcpt", "RCPT"), ("in reply to mail", "MAIL"), ("in reply to helo", "EHLO"), ("in reply to ehlo", "EHLO"),
        ("refused to talk to me", "CONN"),
        ("after end of data", "DATA"), ("after pipelined end of data", "DATA"), ("after pipelined data", "DATA"), ("after data", "DATA"), ("after rcpt", "RCPT"), ("after pipelined rcpt", "RCPT"), ("after mail from", "MAIL"), ("after pipelined mail", "MAIL"), ("after initial connection", "CONN"), ("after helo", "EHLO"), ("after ehlo", "EHLO"),
        ("does not like recipient", "RCPT"), ("does not like sender", "MAIL"), ("failed after i sent the message", "DATA"), ("failed on data command", "DATA"), ("but greeting failed", "CONN"), ("but my name was rejected", "EHLO"), ("but sender was rejected", "MAIL"), ("but recipient was rejected", "RCPT"),
        ("did not like our final data", "DATA"), ("did not like our data", "DATA"), ("did not like our rcpt", "RCPT"), ("did not like our mail", "MAIL"), ("did not like our ehlo", "EHLO"), ("did not like our helo", "EHLO"), ("did not like our quit", "QUIT"),
        ("[rcpt_to]", "RCPT"), ("[mail_from]", "MAIL"), ("following rcpt", "RCPT"), ("following data", "DATA"), ("(data)", "DATA"), ("smtp:rcpt", "RCPT"), ("smtp:data", "DATA"), ("smtp:mail", "MAIL"),
        ("for text command", "DATA"), ("for rcpt", "RCPT"), ("for mail", "MAIL"), ("smtp command data", "DATA"), ("smtp command rcpt", "RCPT"), ("smtp command mail", "MAIL"),
        ("(state 14)", "RCPT"), ("(state 13)", "EHLO"), ("(state 17)", "DATA"), ("(state 18)", "DATA"), ("rejected recipient", "RCPT"), ("rcpt to not accepted", "RCPT"), ("rcpt-to validation failed", "RCPT"),
    ];

    /// <summary>From lower-case words; empty when nothing is said.</summary>
    public static string FromWords(string text)
    {
        foreach (var (words, command) in Words)
        {
            if (text.Contains(words, StringComparison.Ordinal))
                return command;
        }

        return "";
    }

    /// <summary>
    /// From a transcript of "&gt;&gt;&gt; command" and "&lt;&lt;&lt; reply" lines: the command before the first refusal. With pipelining Sendmail shows DATA
    /// for recipients refused before it; that is what it knew.
    /// </summary>
    public static string FromTranscript(string text)
    {
        var command = "";
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            var line = raw.Trim();
            if (line.StartsWith(">>>"))
                command = Verb(line[3..].TrimStart(" >"));
            else if (line.StartsWith("Sent <<<", StringComparison.OrdinalIgnoreCase))
                command = Verb(line[8..].Trim());
            else if (line.StartsWith("In: ", StringComparison.OrdinalIgnoreCase))
                command = Verb(line[4..].Trim());
            else if (command.Length > 0 && IsRefusal(line))
                return command;
        }

        return "";
    }

    private static bool IsRefusal(ReadOnlySpan<char> line)
    {
        line = line.StartsWith("Received >>>", StringComparison.OrdinalIgnoreCase) ? line[12..].TrimStart() : line.StartsWith("<<<") ? line[3..].TrimStart() : line.StartsWith("Out: ", StringComparison.OrdinalIgnoreCase) ? line[5..].TrimStart() : default;
        return line.Length > 2 && line[0] is '4' or '5';
    }

    private static string Verb(ReadOnlySpan<char> line)
    {
        var end = line.IndexOfAny(' ', ':', '\t');
        var verb = (end < 0 ? line : line[..end]).ToString().ToUpperInvariant();
        return verb is "HELO" or "EHLO" or "MAIL" or "RCPT" or "DATA" or "STARTTLS" or "AUTH" or "RSET" or "QUIT" ? verb : "";
    }
}
