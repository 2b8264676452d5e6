namespace ClosedLoop.Operations.Api;

/// <summary>Says of a route that it is about a thing with a tag, by the route value <c>id</c>.</summary>
internal sealed record Tagged(TaggedKind Kind);
