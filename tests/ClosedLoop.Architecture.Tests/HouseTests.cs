using System.Text.RegularExpressions;

namespace ClosedLoop.Architecture.Tests;

/// <summary>Rules of the house that no compiler knows.</summary>
public sealed partial class HouseTests
{
    private const int LongestFile = 600;

    [Fact]
    public void No_source_file_is_longer_than_the_house_allows()
    {
        var tooLong = Sources().Where(file => File.ReadLines(file).Count() > LongestFile).Select(Relative);
        Assert.Empty(tooLong);
    }

    [Fact]
    public void Nine_of_ten_source_files_stay_below_300_lines()
    {
        var lengths = Sources().Select(file => File.ReadLines(file).Count()).Order().ToList();
        Assert.InRange(lengths[lengths.Count * 9 / 10], 0, 300);
        Assert.InRange(lengths[lengths.Count / 2], 0, 120);
    }

    [Theory]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("README.md")]
    public void Every_path_a_page_names_exists(string page)
    {
        var text = File.ReadAllText(Repository.PathOf(page));
        var missing = NamedPath().Matches(text).Select(match => match.Groups["path"].Value.TrimEnd('/', '.'))
            .Where(path => !Path.Exists(Repository.PathOf(path)));
        Assert.Empty(missing);
    }

    [Fact]
    public void Decisions_are_numbered_without_gaps()
    {
        var numbers = Directory.EnumerateFiles(Repository.PathOf("docs", "decisions"), "*.md").Select(file => int.Parse(Path.GetFileName(file).AsSpan(0, 3))).Order();
        Assert.Equal(Enumerable.Range(1, numbers.Count()), numbers);
    }

    /// <summary>The runner calls IDisposable and IAsyncLifetime only: IAsyncDisposable alone leaves writers, connections and folders behind, and nobody notices.</summary>
    [Fact]
    public void What_a_test_class_holds_is_given_back()
    {
        var forgetful = Sources().Where(file => File.ReadAllText(file) is var text && TestMethod().IsMatch(text) && ForgottenDispose().IsMatch(text)).Select(Relative);
        Assert.Empty(forgetful);
    }

    private static IEnumerable<string> Sources() => new[] { "src", "tests" }
        .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            && !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static string Relative(string file) => Path.GetRelativePath(Repository.Root, file);

    /// <summary>Paths in back-quotes below a folder of the house.</summary>
    [GeneratedRegex("`(?<path>(?:src|tests|docs|deploy)/[A-Za-z0-9_./-]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamedPath();

    [GeneratedRegex(@"^ +\[\w*(?:Fact|Theory)\b", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TestMethod();

    [GeneratedRegex(@"^public .*class \w+(?!.*\b(?:IAsyncLifetime|IDisposable)\b).*\bIAsyncDisposable\b", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ForgottenDispose();
}
