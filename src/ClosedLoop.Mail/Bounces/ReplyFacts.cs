using ClosedLoop.Mail.Smtp;

namespace ClosedLoop.Mail.Bounces;

/// <summary>What is known of one refusal before its reason is decided.</summary>
internal sealed record ReplyFacts
{
    public required string Address { get; init; }

    /// <summary>What was said, in lower case, white space collapsed.</summary>
    public required string Text { get; init; }

    /// <summary>Code of the Status field, or of the reply where that says more.</summary>
    public EnhancedStatusCode Status { get; init; }

    public int ReplyCode { get; init; }

    public string Command { get; init; } = "";

    /// <summary>False for reports in plain words, which put no Status field.</summary>
    public bool HasStatusField { get; init; }

    /// <summary>Diagnostic-Code is of type X-UNIX, or the recipient is a program: a local program spoke, not a server.</summary>
    public bool IsLocalProgram { get; init; }

    public DeliveryAction Action { get; init; }
}
