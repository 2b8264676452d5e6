namespace ClosedLoop.Liquid.Parsing;

internal enum MarkupKind : byte
{
    End,
    Identifier,
    Number,
    String,
    Comparison,
    Pipe,
    Dot,
    DotDot,
    Colon,
    Comma,
    OpenSquare,
    CloseSquare,
    OpenRound,
    CloseRound,
    Question,
    Dash,
}
