namespace ClosedLoop.Model.Products;

/// <summary>The columns of the product catalogue (closed-loop spec section 9). Their order is stored; new ones go to the end.</summary>
public static class ProductColumns
{
    public const string Id = "id";

    private static readonly string[] Names =
    [
        Id, "name", "category",
        .. Numbered("text", "", 10),
        .. Enumerable.Range(1, 5).SelectMany(i => new[] { FormattableString.Invariant($"link{i}Text"), FormattableString.Invariant($"link{i}Url") }),
        .. Numbered("image", "Url", 5),
        .. Numbered("data", "", 5),
    ];

    private static readonly Dictionary<string, int> Positions = Names.Select((name, i) => (name, i)).ToDictionary(p => p.name, p => p.i, StringComparer.OrdinalIgnoreCase);

    public static IReadOnlyList<string> All => Names;

    /// <summary>Position of a column, without regard to case; -1 for a name that is none.</summary>
    public static int IndexOf(string name) => Positions.GetValueOrDefault(name, -1);

    private static IEnumerable<string> Numbered(string before, string after, int count) =>
        Enumerable.Range(1, count).Select(i => FormattableString.Invariant($"{before}{i}{after}"));
}
