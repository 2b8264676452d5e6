namespace ClosedLoop.Model.Recipients;

/// <summary>Why an address is refused (closed-loop spec section 4.2).</summary>
public enum EmailFault
{
    None,
    Empty,
    TooLong,
    NoAt,
    SeveralAts,
    LocalPartLength,
    LocalPartCharacter,
    LocalPartDot,
    LocalPartNotAscii,
    DomainLabels,
    DomainLabelLength,
    DomainCharacter,
    DomainHyphen,
    DomainNumeric,
    DomainNotIdn,
}
