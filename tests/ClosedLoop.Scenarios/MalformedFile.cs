using System.Globalization;
using ClosedLoop.Model.Files;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Scenarios.Support;

namespace ClosedLoop.Scenarios;

/// <summary>A file that cannot be read as agreed: explained, kept apart, and brought to an end by an operator (closed-loop spec section 6).</summary>
public sealed class MalformedFile
{
    [Theory]
    [InlineData("wrong column count", "replace")]
    [InlineData("open quote", "discard")]
    [InlineData("bad UTF-8", "replace")]
    [InlineData("empty", "discard")]
    [InlineData("unknown mailing id", "retry")]
    public async Task It_is_explained_and_holds_up_the_next_file_until_an_operator_acts(string fault, string command)
    {
        var malformed = BadFiles.Named(fault);
        using var installation = await Installation.CreateAsync();
        await using var silo = await SiloProcess.StartAsync(installation);
        var books = installation.Books;
        var bad = installation.Drop(malformed.Content);
        await Eventually.ThatAsync("failed file", () => File.Exists(Path.Combine(installation.Folder("error"), bad)), silo);
        var good = installation.Drop([Installation.Row("c@example.org"), Installation.Row("d@example.org")]);

        AssertExplained(installation, bad, malformed);
        await silo.PollAsync();
        Assert.False(await silo.FolderRunsAsync());
        Assert.Null(books.StateOf(good));
        Assert.True(File.Exists(Path.Combine(installation.Folder("in"), good)));
        Assert.Equal(0, books.Scalar("SELECT COUNT(*) FROM mailing"));
        Assert.Equal(0, books.Scalar("SELECT COUNT(*) FROM recipient"));
        Assert.Empty(books.Sink());

        await ActAsync(installation, bad, command);

        await Eventually.ThatAsync("end of the good file", () => books.IsFinished(good), silo);
        AssertAllSent(books, good, rows: 2);
        Assert.True(await silo.FolderRunsAsync());
        var failed = (FileState)books.Scalar("SELECT state FROM inbound_file WHERE file_id = 1");
        Assert.Equal(command switch { "replace" => FileState.Replaced, "discard" => FileState.Discarded, _ => FileState.Archived }, failed);
        if (command == "discard") Assert.Equal(2, books.Sink().Count);
        else AssertAllSent(books, bad, rows: 2);
        Assert.Empty(Directory.EnumerateFiles(installation.Folder("in")));
        Assert.Empty(Directory.EnumerateFiles(installation.Folder("processing")));
    }

    [Fact]
    public async Task Retried_without_a_remedy_it_fails_again_and_still_imports_nothing()
    {
        using var installation = await Installation.CreateAsync();
        await using var silo = await SiloProcess.StartAsync(installation);
        var bad = installation.Drop(BadFiles.Named("unknown mailing id").Content);
        var report = Path.Combine(installation.Folder("error"), bad);
        await Eventually.ThatAsync("failed file", () => File.Exists(report), silo);

        (await installation.RunAsync("files", "retry", "1")).Succeeded();

        await Eventually.ThatAsync("second failure", () => File.Exists(report) && installation.Books.StateOf(bad) == FileState.FailedImport, silo);
        Assert.False(await silo.FolderRunsAsync());
        Assert.Equal(1, installation.Books.Scalar("SELECT COUNT(*) FROM inbound_file"));
        Assert.Equal(0, installation.Books.Scalar("SELECT COUNT(*) FROM recipient"));
        Assert.Empty(installation.Books.Sink());
    }

    private static void AssertExplained(Installation installation, string file, BadFile malformed)
    {
        var path = Path.Combine(installation.Folder("error"), Path.GetFileNameWithoutExtension(file) + ".error.csv");
        var rows = CsvText.Parse(File.ReadAllText(path));
        Assert.Equal(["line", "record", "column", "code", "step", "group", "message"], rows[0]);
        var error = rows[1];
        Assert.Equal(malformed.Line == 0 ? "" : malformed.Line.ToString(CultureInfo.InvariantCulture), error[0]);
        Assert.Equal(malformed.Column == 0 ? "" : malformed.Column.ToString(CultureInfo.InvariantCulture), error[2]);
        Assert.Equal(malformed.Code, error[3]);
        Assert.NotEmpty(error[6]);
        Assert.Equal("STATE", rows[^1][3]);
        Assert.Equal("restart=retry|replace|discard", rows[^1][6]);
        Assert.True(File.Exists(Path.Combine(installation.Folder("log"), Path.GetFileNameWithoutExtension(file) + ".log")));
    }

    private static async Task ActAsync(Installation installation, string bad, string command)
    {
        List<string> arguments = ["files", command, installation.Books.FileId(bad).ToString(CultureInfo.InvariantCulture)];
        if (command == "replace")
        {
            arguments.Add(installation.Aside("corrected.csv", Installation.FileOf([Installation.Row("a@example.org"), Installation.Row("b@example.org")])));
        }
        else if (command == "retry")
        {
            // The file was right: it is the source mailing that was missing.
            SampleDefinitions.WriteMailing(installation.Definitions, BadFiles.UnknownSource);
            (await installation.RunAsync("apply", installation.Definitions)).Succeeded();
        }

        (await installation.RunAsync(arguments)).Succeeded();
    }

    private static void AssertAllSent(Books books, string file, int rows)
    {
        var ledger = books.AssertBalance(file, rows);
        Assert.Equal(rows, ledger.Count);
        Assert.All(ledger.Values, state => Assert.Equal(RecipientState.Sent, state));
        var sink = books.SinkByAddress();
        Assert.All(ledger.Keys, address => Assert.Single(sink[address]));
    }
}
