using ClosedLoop.Mail.Smtp;

namespace ClosedLoop.Mail.Bounces;

/// <summary>What is known of one refusal before its reason is decided.</summary>
internal sealed record ReplyFacts
{
    public required string Address { get; init; }

    /// <summary>The reply as the report quotes it (Diagnostic-Code), in lower case, white space collapsed; empty when there is none.</summary>
    public required string Diagnostic { get; init; }

    /// <summary>The paragraph that belongs to the recipient, in the same form.</summary>
    public required string Words { get; init; }

    /// <summary>The rest of the text, in the same form: greetings and advice stand there, too, so it is asked last.</summary>
    public string Around { get; init; } = "";

    /// <summary>Code of the Status field, or of the reply where that says more.</summary>
    public EnhancedStatusCode Status { get; init; }

    public int ReplyCode { get; init; }

    public string Command { get; init; } = "";

    /// <summary>True for the machine-readable form of RFC 3464, false for reports in plain words.</summary>
    public bool HasFields { get; init; }

    /// <summary>False for reports in plain words, and for writers that leave the required field out.</summary>
    public bool HasStatusField { get; init; }

    /// <summary>Diagnostic-Code is of type X-UNIX, or the recipient is a program: a local program spoke, not a server.</summary>
    public bool IsLocalProgram { get; init; }

    public DeliveryAction Action { get; init; }
}
