using System.Text;

namespace ClosedLoop.Scenarios.Support;

/// <summary>Files that must fail, and what must be said about each.</summary>
internal static class BadFiles
{
    /// <summary>A source mailing that nobody has defined.</summary>
    public const long UnknownSource = 71000000009;

    public static IReadOnlyList<BadFile> All { get; } =
    [
        new("wrong column count", Lines(Good, Row("b@example.org") + ";x"), "E111", Line: 2, Column: 8),
        new("open quote", Lines(Good, "b@example.org;71000000000;501;Ms;\"Anna;Berg;Gent"), "E109", Line: 2, Column: 5),
        new("bad UTF-8", [.. Lines(Good), .. Encoding.ASCII.GetBytes("b@example.org;71000000000;501;Ms;Ann"), 0xFF, .. Encoding.ASCII.GetBytes(";Berg;Gent\n")], "E106", Line: 2, Column: 5),
        new("empty", [], "E105", Line: 0, Column: 0),
        new("unknown mailing id", Lines(Good, Row("b@example.org", source: UnknownSource)), "E302", Line: 2, Column: 2),
    ];

    private static string Good => Row("a@example.org");

    public static BadFile Named(string name) => All.Single(file => file.Name == name);

    private static string Row(string address, long source = Installation.Source) => Installation.Row(address, source: source);

    private static byte[] Lines(params IEnumerable<string> rows) => Installation.FileOf(rows);
}
