namespace ClosedLoop.Mail.Mime;

/// <summary>Which unusual addresses are let through.</summary>
[Flags]
public enum AddressRules
{
    /// <summary>Dot-atoms in ASCII at a host name.</summary>
    None,

    /// <summary><c>"any text"@domain</c> (RFC 5321 section 4.1.2).</summary>
    QuotedLocalPart = 1,

    /// <summary>Local parts outside ASCII (RFC 6531 section 3.3), which need SMTPUTF8 at every hop.</summary>
    Utf8LocalPart = 2,
}
