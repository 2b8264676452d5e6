using System.Text.RegularExpressions;

namespace ClosedLoop.Architecture.Tests;

/// <summary>Every code that the program can say is explained, and none is explained that it cannot say.</summary>
public sealed partial class ErrorPageTests
{
    [Fact]
    public void The_page_of_errors_lists_the_programs_codes()
    {
        var said = Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => Code().Matches(File.ReadAllText(file))).Select(match => match.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        var explained = Row().Matches(File.ReadAllText(Repository.PathOf("docs", "errors.md"))).Select(match => match.Groups["code"].Value).ToList();

        Assert.Equal(said, explained);
    }

    [GeneratedRegex("CL[0-9]{4}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();

    [GeneratedRegex(@"^\| (?<code>CL[0-9]{4}) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();
}
