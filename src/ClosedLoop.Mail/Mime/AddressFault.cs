namespace ClosedLoop.Mail.Mime;

/// <summary>Why an address was refused.</summary>
public enum AddressFault
{
    None,
    Empty,
    NoAtSign,
    TooLong,
    LocalPartTooLong,
    LocalPartCharacter,
    LocalPartDots,
    QuotedLocalPart,
    DomainLabel,
    DomainLiteral,
    ControlCharacter,

    /// <summary>The local part is outside ASCII, which needs SMTPUTF8 (RFC 6531).</summary>
    Utf8LocalPart,
}
