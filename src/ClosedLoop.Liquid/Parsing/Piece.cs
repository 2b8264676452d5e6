namespace ClosedLoop.Liquid.Parsing;

/// <summary>What a token source hands out: a token of the template, or one line of a <c>liquid</c> tag.</summary>
/// <param name="Kind">Lines count as tags.</param>
/// <param name="Text">As written.</param>
/// <param name="Position">Offset of the first character in the template.</param>
/// <param name="IsDelimited">False for a line of a <c>liquid</c> tag, which has no <c>{%</c> around it.</param>
internal readonly record struct Piece(TokenKind Kind, string Text, int Position, bool IsDelimited);
