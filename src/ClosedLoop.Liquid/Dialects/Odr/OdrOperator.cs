namespace ClosedLoop.Liquid.Dialects.Odr;

internal enum OdrOperator : byte
{
    Or,
    And,
    Not,
    Truth,
    Equal,
    NotEqual,
    IsEmpty,
}
