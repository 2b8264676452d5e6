namespace ClosedLoop.Mail.Smtp;

/// <summary>What reports about a message are asked for (RFC 3461); written only to servers that offer DSN.</summary>
public sealed record SmtpDsn
{
    /// <summary>How much of the message a report gives back (RET); null leaves it to the server.</summary>
    public SmtpDsnReturn? Return { get; init; }

    /// <summary>Comes back in reports (ENVID), 1 to 100 printable ASCII characters (section 4.4). Null leaves it out.</summary>
    public string? EnvelopeId { get; init; }

    /// <summary>When to report (NOTIFY). Default <see cref="SmtpDsnNotify.Unset"/>: not written.</summary>
    public SmtpDsnNotify Notify { get; init; }

    /// <summary>Address reports name as the original recipient (ORCPT, type rfc822); null leaves it out.</summary>
    public string? OriginalRecipient { get; init; }
}
