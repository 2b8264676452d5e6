using System.Collections.Frozen;

namespace ClosedLoop.Liquid.Filters;

/// <summary>All filters by name.</summary>
internal static class FilterRegistry
{
    private static readonly FrozenDictionary<string, FilterDefinition> Filters = new[]
    {
        TextFilters.All, ReplaceFilters.All, HtmlFilters.All, UrlFilters.All, Base64Filters.All, MathFilters.All, ArrayFilters.All, SelectFilters.All, SortFilters.All, DateFilters.All,
    }.SelectMany(f => f).ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);

    public static IEnumerable<string> Names => Filters.Keys;

    public static bool TryGet(string name, out FilterDefinition filter) => Filters.TryGetValue(name, out filter!);
}
