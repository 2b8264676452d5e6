namespace ClosedLoop.Liquid.Parsing;

/// <summary>A piece of the template: text, <c>{{ … }}</c> or <c>{% … %}</c>, by its place in the source.</summary>
/// <param name="Kind">By its first two characters; whether it is closed properly is for the reader to find out.</param>
/// <param name="Start">Offset of the first character.</param>
/// <param name="End">Offset after the last character.</param>
internal readonly record struct Token(TokenKind Kind, int Start, int End);
