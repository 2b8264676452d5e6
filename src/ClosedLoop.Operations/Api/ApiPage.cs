namespace ClosedLoop.Operations.Api;

/// <summary>Some items of a long list.</summary>
/// <param name="Items">The items.</param>
/// <param name="Next">The <c>cursor</c> of the next page; missing at the end.</param>
internal sealed record ApiPage<T>(IReadOnlyList<T> Items, string? Next);
