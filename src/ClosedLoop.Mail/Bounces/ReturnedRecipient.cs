using ClosedLoop.Mail.Smtp;

namespace ClosedLoop.Mail.Bounces;

/// <summary>What a report says of one recipient.</summary>
public sealed record ReturnedRecipient
{
    /// <summary>The address the report names; empty when it hides it.</summary>
    public required string Address { get; init; }

    /// <summary>Original-Recipient of RFC 3464 section 2.3.1: the address as it was sent to; null when not given.</summary>
    public string? OriginalAddress { get; init; }

    public DeliveryAction Action { get; init; }

    /// <summary>The most telling status code of RFC 3463: that of the reply when the Status field only says x.0.0.</summary>
    public EnhancedStatusCode Status { get; init; }

    /// <summary>SMTP reply code; 0 when none was found.</summary>
    public int ReplyCode { get; init; }

    /// <summary>The command that was refused, in capitals (MAIL, RCPT, DATA …); empty when not known.</summary>
    public string Command { get; init; } = "";

    public BounceReason Reason { get; init; }

    /// <summary>The other side's words, on one line; empty when there are none.</summary>
    public string Diagnostic { get; init; } = "";

    /// <summary>
    /// True when trying again can never help because the address itself is gone: unknown user or host, moved, or a domain without mail.
    /// This reads the reason, not the code; refusals of the sender, the content or the moment are soft even when their code is 5.x.x.
    /// </summary>
    public bool IsHard => Reason is BounceReason.UnknownUser or BounceReason.UnknownHost or BounceReason.Moved or BounceReason.NoMailService;
}
