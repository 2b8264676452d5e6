namespace ClosedLoop.Operations.Pages;

/// <summary>The screens, in order, with the key that opens each after <c>g</c>.</summary>
internal static class Navigation
{
    public static readonly IReadOnlyList<(string Section, string Label, string Href, string Key)> Entries =
    [
        ("overview", "Overview", "/", "o"),
        ("files", "Files", "/files", "f"),
        ("mailings", "Mailings", "/mailings", "m"),
        ("recipients", "Recipients", "/recipients", "r"),
        ("delivery", "Delivery", "/delivery", "d"),
        ("responses", "Responses", "/responses", "b"),
        ("exports", "Exports", "/exports", "e"),
        ("connectors", "Connectors", "/connectors", "c"),
        ("clients", "Clients", "/clients", "l"),
        ("sink", "Mail sink", "/sink", "i"),
        ("system", "System", "/system", "s"),
        ("audit", "Audit", "/audit", "a"),
        ("access", "Access", "/access", "u"),
    ];
}
