namespace ClosedLoop.Liquid.Parsing;

/// <summary>A tag's name and what follows it.</summary>
/// <param name="Name">Empty when the tag has no name at all.</param>
/// <param name="Markup">Everything after the name and the blanks behind it.</param>
/// <param name="Position">Offset of the tag's name.</param>
internal sealed record Tag(string Name, Markup Markup, int Position);
