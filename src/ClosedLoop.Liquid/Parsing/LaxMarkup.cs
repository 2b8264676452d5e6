using System.Text.RegularExpressions;

namespace ClosedLoop.Liquid.Parsing;

/// <summary>
/// The patterns of the tags that the reference implementation still reads by searching for what fits instead of by a grammar
/// (case, cycle, include, render, tablerow, assign, capture). All are linear in the length of the tag.
/// </summary>
internal static class LaxMarkup
{
    private const string Blank = @"[ \t\r\n\f\v]";
    private const string Quoted = """(?:"[^"]*"|'[^']*')""";
    private const string Fragment = """(?:"[^"]*"|'[^']*'|(?:[^ \t\r\n\f\v,|'"]|"[^"]*"|'[^']*')+)""";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    public static Regex Any { get; } = Make($"({Fragment})");

    public static Regex When { get; } = Make($"({Fragment})(?:(?:{Blank}+or{Blank}+|{Blank}*,{Blank}*)({Fragment}.*))?");

    public static Regex NamedCycle { get; } = Make($@"\A({Fragment}){Blank}*:{Blank}*(.*)");

    public static Regex Partial { get; } = Make(
        $"(?<name>{Fragment})(?:{Blank}+(?<how>with|for){Blank}+(?<value>{Fragment}))?(?:{Blank}+as{Blank}+(?<alias>[A-Za-z0-9_-]+))?");

    public static Regex QuotedPartial { get; } = Make(
        $"(?<name>{Quoted})(?:{Blank}+(?<how>with|for){Blank}+(?<value>{Fragment}))?(?:{Blank}+as{Blank}+(?<alias>[A-Za-z0-9_-]+))?");

    public static Regex Attribute { get; } = Make($"([A-Za-z0-9_][A-Za-z0-9_-]*){Blank}*:{Blank}*({Fragment})");

    public static Regex TableRow { get; } = Make($"([A-Za-z0-9_]+){Blank}+in{Blank}+({Fragment})");

    public static Regex Assign { get; } = Make($@"((?:\(?[A-Za-z0-9_.\[\]-]\)?)+){Blank}*={Blank}*(.*)");

    public static Regex Capture { get; } = Make(@"((?:\(?[A-Za-z0-9_.\[\]-]\)?)+)");

    public static Regex Segment { get; } = Make(@"[A-Za-z0-9_-]+\??");

    private static Regex Make(string pattern) =>
        new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline, Timeout);
}
