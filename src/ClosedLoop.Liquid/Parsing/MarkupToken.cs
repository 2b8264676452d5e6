namespace ClosedLoop.Liquid.Parsing;

/// <summary>One word or sign inside a tag.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As written, quotes included.</param>
/// <param name="Position">Offset in the template.</param>
internal readonly record struct MarkupToken(MarkupKind Kind, string Text, int Position);
