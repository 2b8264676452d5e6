namespace ClosedLoop.Liquid.Expressions;

/// <summary>One step of a path: <c>.name</c>, or <c>[index]</c>.</summary>
/// <param name="Name">The name after a dot; null for an index.</param>
/// <param name="Index">The expression in brackets; null for a name.</param>
internal readonly record struct PathSegment(string? Name, Expression? Index);
