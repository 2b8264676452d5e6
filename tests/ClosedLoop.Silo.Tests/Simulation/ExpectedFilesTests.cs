using ClosedLoop.Responses.Export;
using ClosedLoop.Silo.Commands;
using ClosedLoop.Silo.Simulation;
using ClosedLoop.Silo.Tests.Support;

namespace ClosedLoop.Silo.Tests.Simulation;

public sealed class ExpectedFilesTests : IDisposable
{
    private const string Manifest =
        """
        { "schema": "closedloop-export-manifest/1", "service": "VERSION", "run": 1, "clientId": 9, "client": "oak", "to": "2026-03-03T02:00:00+00:00", "timeZone": "UTC", "header": true, "quote": "all",
          "recipients": "snapshot", "links": "perRecipient", "extraFields": [], "files": [ { "table": "opens", "name": "opens.csv", "rows": 1, "bytes": 4, "sha256": "HASH" } ] }
        """;

    private readonly TempFolder _folder = new();

    [Fact]
    public void The_same_octets_are_no_difference_and_a_newer_version_in_a_manifest_is_none()
    {
        var files = Write("one", "a\nb\n", "1.0");
        Write("two", "a\nb\n", "2.0");
        Assert.Empty(Differences("two", files));
    }

    [Fact]
    public void A_difference_is_told_with_its_line()
    {
        Write("one", "a\nb\n", "1.0");
        var files = Write("two", "a\nc\n", "1.0");
        var differences = ExpectedFiles.Differences(In("one"), In("two"), files);
        Assert.Contains("opens.csv, line 2: expected b, found c", differences);
        Assert.Contains(differences, difference => difference.StartsWith("manifest.json, line ", StringComparison.Ordinal));

        File.AppendAllText(Path.Combine(In("one"), "opens.csv"), "more\n");
        File.WriteAllText(Path.Combine(In("two"), "opens.csv"), "a\nb\n");
        Assert.Contains("opens.csv, line 3: expected more, found (end)", ExpectedFiles.Differences(In("one"), In("two"), files));
    }

    [Fact]
    public void Files_that_are_missing_or_too_many_are_differences()
    {
        var files = Write("one", "a\n", "1.0");
        Write("two", "a\n", "1.0");
        File.Move(Path.Combine(In("two"), "opens.csv"), Path.Combine(In("two"), "clicks.csv"));
        Assert.Equal(["clicks.csv: expected, and not there", "opens.csv: there, and not expected"], Differences("two", files));
    }

    [Fact]
    public void A_list_of_hashes_or_a_manifest_will_do()
    {
        var files = Write("one", "a\n", "1.0");
        ExpectedFiles.Put(In("aside"), In("one"), files);
        var list = Path.Combine(In("aside"), ExpectedFiles.ListName);
        Assert.Empty(ExpectedFiles.Differences(list, In("one"), files));
        Assert.Empty(ExpectedFiles.Differences(In("aside"), In("one"), files));
        Assert.Empty(ExpectedFiles.Differences(Path.Combine(In("one"), "manifest.json"), In("one"), [.. files, files[0] with { Name = "of another day.csv" }]));

        Assert.Equal(["other.csv: there, and not expected"], ExpectedFiles.Differences(list, In("one"), [.. files, files[0] with { Name = "other.csv" }]));
        Assert.Single(ExpectedFiles.Differences(list, In("one"), [files[0] with { Sha256 = new string('0', 64) }]));
        Assert.Single(ExpectedFiles.Differences(Path.Combine(In("one"), "manifest.json"), In("one"), [files[0] with { Sha256 = new string('0', 64) }]));
    }

    [Theory]
    [InlineData("{ \"schema\": \"another\" }")]
    [InlineData("not a list")]
    [InlineData("")]
    public void Anything_else_is_nothing_to_compare_with(string text)
    {
        var path = _folder.Write("expected", text);
        Assert.Contains("CL9692", Assert.Throws<CommandException>(() => ExpectedFiles.Differences(path, _folder.Path, [])).Message, StringComparison.Ordinal);
        Assert.Throws<CommandException>(() => ExpectedFiles.Differences(In("nothing"), _folder.Path, []));
    }

    [Fact]
    public void Files_of_two_rehearsals_are_not_mixed()
    {
        var files = Write("one", "a\n", "1.0");
        Assert.Contains("CL9669", Assert.Throws<CommandException>(() => ExpectedFiles.Put(In("one"), In("one"), files)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string In(string name) => Path.Combine(_folder.Path, name);

    private IReadOnlyList<string> Differences(string found, IReadOnlyList<ExportedFile> files) => ExpectedFiles.Differences(In(found), In("one"), files);

    private IReadOnlyList<ExportedFile> Write(string folder, string text, string version)
    {
        var path = _folder.Write($"{folder}/opens.csv", text);
        var hash = ExpectedFiles.HashOf(path);
        _folder.Write($"{folder}/manifest.json", Manifest.Replace("VERSION", version, StringComparison.Ordinal).Replace("HASH", hash, StringComparison.Ordinal));
        return [new ExportedFile("opens", "opens.csv", 1, text.Length, hash)];
    }
}
