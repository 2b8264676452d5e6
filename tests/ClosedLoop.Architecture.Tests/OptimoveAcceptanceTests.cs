using System.Globalization;
using System.Text.RegularExpressions;

namespace ClosedLoop.Architecture.Tests;

/// <summary>The acceptance scenarios of optimove spec section 16 are found by their number: <c>dotnet test --filter Optimove=7</c>.</summary>
public sealed partial class OptimoveAcceptanceTests
{
    [Fact]
    public void Each_of_the_fourteen_has_a_test_that_bears_its_number()
    {
        var marked = Directory.EnumerateFiles(Repository.PathOf("tests", "ClosedLoop.Optimove.Tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => Mark().Matches(File.ReadAllText(file)))
            .Select(match => int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture)).Distinct().Order();

        Assert.Equal(Enumerable.Range(1, 14), marked);
    }

    [GeneratedRegex(@"\[Trait\(""Optimove"", ""(?<number>[0-9]+)""\)\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mark();
}
