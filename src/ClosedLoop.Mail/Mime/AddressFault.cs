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
}
