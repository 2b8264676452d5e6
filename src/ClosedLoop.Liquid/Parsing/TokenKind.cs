namespace ClosedLoop.Liquid.Parsing;

internal enum TokenKind : byte
{
    Text,
    Output,
    Tag,
}
