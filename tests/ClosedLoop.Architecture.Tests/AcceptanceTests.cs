using System.Globalization;
using System.Text.RegularExpressions;

namespace ClosedLoop.Architecture.Tests;

/// <summary>The acceptance tests of closed-loop spec section 20 are found by their number: <c>dotnet test --filter Acceptance=7</c>.</summary>
public sealed partial class AcceptanceTests
{
    [Fact]
    public void Each_of_the_fifteen_has_a_test_that_bears_its_number() => Assert.Equal(Enumerable.Range(1, 15), Marked("Acceptance"));

    /// <summary>The checks of xml-delivery spec section 15.1: <c>dotnet test --filter XmlCheck=25</c>.</summary>
    [Fact]
    public void Each_of_the_28_checks_of_orders_has_a_test_that_bears_its_number() => Assert.Equal(Enumerable.Range(1, 28), Marked("XmlCheck"));

    private static IEnumerable<int> Marked(string trait) => Directory.EnumerateFiles(Repository.PathOf("tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => Mark().Matches(File.ReadAllText(file)))
            .Where(match => match.Groups["trait"].Value == trait)
            .Select(match => int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture)).Distinct().Order();

    [GeneratedRegex(@"\[Trait\(""(?<trait>\w+)"", ""(?<number>[0-9]+)""\)\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mark();
}
