using System.Runtime.InteropServices;

namespace ClosedLoop.Mail.Smtp;

/// <summary>The outcome of handing over one message, or of opening a connection.</summary>
/// <param name="Action">What may be done next; callers branch on this, never on text.</param>
/// <param name="Code">Reply code of RFC 5321 section 4.2; 0 when no reply of the server stands behind the result.</param>
/// <param name="EnhancedCode">RFC 3463, when the reply had one or a local check assigned one.</param>
/// <param name="Text">The reply's text without codes' line prefixes, lines joined by LF; or what happened instead.</param>
/// <param name="Stage">Where in the dialogue.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SmtpResult(SmtpAction Action, int Code, EnhancedStatusCode EnhancedCode, string Text, SmtpStage Stage)
{
    /// <summary>Whether the message was certainly not taken and may be tried again.</summary>
    public bool MayRetry => Action is SmtpAction.Retry or SmtpAction.DropConnection;

    /// <summary>Whether the connection is finished.</summary>
    public bool EndsConnection => Action is SmtpAction.DropConnection or SmtpAction.Unknown;
}
