using System.Collections;
using System.Reflection;
using System.Text.RegularExpressions;
using ClosedLoop.Responses.Export;

namespace ClosedLoop.Silo.Tests.Docs;

/// <summary>What the pages name is there.</summary>
public sealed partial class PagePathTests
{
    private static readonly Assembly Responses = typeof(ExportService).Assembly;

    public static TheoryData<string> Pages()
    {
        var pages = new TheoryData<string>();
        foreach (var page in Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md").Append(Repository.PathOf("deploy", "README.md")).Append(Repository.PathOf("README.md")).Order(StringComparer.Ordinal)) pages.Add(Path.GetRelativePath(Repository.Root, page));
        return pages;
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_path_of_the_repository_exists(string page)
    {
        var missing = Named().Matches(File.ReadAllText(Repository.PathOf(page))).Select(match => match.Value.TrimEnd('/', '.'))
            .Where(path => !Path.Exists(Repository.PathOf(path)));
        Assert.Empty(missing);
    }

    [Fact]
    public void The_file_interface_lists_the_columns_that_are_written()
    {
        var page = File.ReadAllText(Repository.PathOf("docs", "file-interface.md"));
        var tables = Responses.GetType("ClosedLoop.Responses.Export.ExportTable")!;
        foreach (var table in (IEnumerable)tables.GetProperty("All")!.GetValue(null)!)
        {
            var key = (string)tables.GetProperty("Key")!.GetValue(table)!;
            var columns = (IReadOnlyList<string>)tables.GetProperty("Columns")!.GetValue(table)!;
            Assert.Contains($"| `YYYYMMDD_{key}.csv` | {string.Join(", ", columns.Select(column => $"`{column}`"))} |", page, StringComparison.Ordinal);
        }
    }

    /// <summary>A path below a folder of the house, wherever it stands.</summary>
    [GeneratedRegex(@"(?<![A-Za-z0-9_./-])(?:src|tests|docs|deploy)/[A-Za-z0-9_./-]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Named();
}
