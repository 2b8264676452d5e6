namespace ClosedLoop.Liquid.Tests.Docs;

/// <summary>A tag or filter as docs/templates.md explains it.</summary>
internal sealed record PageEntry(string Name, string Explanation, IReadOnlyList<PageExample> Examples);
