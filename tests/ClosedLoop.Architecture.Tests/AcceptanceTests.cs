using System.Globalization;
using System.Text.RegularExpressions;

namespace ClosedLoop.Architecture.Tests;

/// <summary>The acceptance tests of closed-loop spec section 20 are found by their number: <c>dotnet test --filter Acceptance=7</c>.</summary>
public sealed partial class AcceptanceTests
{
    [Fact]
    public void Each_of_the_fifteen_has_a_test_that_bears_its_number()
    {
        var marked = Directory.EnumerateFiles(Repository.PathOf("tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => Mark().Matches(File.ReadAllText(file)))
            .Select(match => int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture)).Distinct().Order();

        Assert.Equal(Enumerable.Range(1, 15), marked);
    }

    [GeneratedRegex(@"\[Trait\(""Acceptance"", ""(?<number>[0-9]+)""\)\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mark();
}
