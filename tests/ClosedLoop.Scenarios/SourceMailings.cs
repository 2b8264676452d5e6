using ClosedLoop.Model.Files;

namespace ClosedLoop.Scenarios;

/// <summary>Which source mailings a file may name, and what becomes of them: copied, never changed, never sent (closed-loop spec section 7).</summary>
public sealed class SourceMailings
{
    /// <summary>Acceptance test 4.</summary>
    [Trait("Acceptance", "4")]
    [Fact]
    public async Task New_and_activation_required_are_copied_and_all_others_refuse_the_file()
    {
        (string Json, string? Code)[] sources =
        [
            ("\"status\": \"new\"", null), ("\"status\": \"activationRequired\"", null),
            ("\"status\": \"activated\"", "E304"), ("\"status\": \"paused\"", "E304"), ("\"status\": \"running\"", "E304"), ("\"status\": \"finished\"", "E304"), ("\"status\": \"canceled\"", "E304"),
            ("\"origin\": \"api\"", "E303"), ("\"type\": \"event\"", "E303"), ("\"type\": \"confirmation\"", "E303"),
        ];
        using var installation = await Installation.CreateAsync();
        var books = installation.Books;
        for (var i = 0; i < sources.Length; i++)
        {
            SampleDefinitions.WriteMailing(installation.Definitions, SourceOf(i));
            var path = Path.Combine(installation.Definitions, "demo", "mailings", SourceOf(i).ToString(), "mailing.json");
            await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path)).Replace("\"name\"", sources[i].Json + ", \"name\"", StringComparison.Ordinal));
        }

        var foreign = SourceOf(sources.Length);
        WriteForeign(installation, foreign);
        await LetTheFolderRunOnAsync(installation);
        (await installation.RunAsync("apply", installation.Definitions)).Succeeded();
        var before = Definitions(books);
        await using var silo = await SiloProcess.StartAsync(installation);

        foreach (var (i, code) in sources.Select(source => source.Code).Append("E305").Index())
        {
            var file = installation.Drop([Installation.Row($"reader.{i}@example.org", source: SourceOf(i))]);
            await Eventually.ThatAsync($"end of file {i}", () => code is null ? books.IsFinished(file) : books.StateOf(file) == FileState.FailedImport, silo);

            Assert.Equal(code ?? "", books.Text("SELECT COALESCE(code, '') FROM inbound_file WHERE file_id = $1", books.FileId(file)));
            Assert.Equal(code is null ? 1 : 0, books.Scalar("SELECT COUNT(*) FROM mailing WHERE file_id = $1", books.FileId(file)));
        }

        Assert.Equal(["reader.0@example.org", "reader.1@example.org"], books.SinkByAddress().Select(mail => mail.Key).Order(StringComparer.Ordinal));
        Assert.Equal(before, Definitions(books));
    }

    /// <summary>Acceptance test 5.</summary>
    [Trait("Acceptance", "5")]
    [Fact]
    public async Task Two_waves_of_one_source_are_two_mailings_of_two_campaigns_one_after_the_other()
    {
        using var installation = await Installation.CreateAsync();
        await using var silo = await SiloProcess.StartAsync(installation);
        var books = installation.Books;

        var file = installation.Drop(Enumerable.Range(0, 400).Select(i => Installation.Row($"reader.{i / 2}@example.org", wave: 501 + (i % 2))));
        await Eventually.ThatAsync("end of the file", () => books.IsFinished(file), silo);

        Assert.Equal(2, books.Scalar("SELECT COUNT(DISTINCT mailing_id) FROM mailing"));
        Assert.Equal(2, books.Scalar("SELECT COUNT(DISTINCT campaign_id) FROM mailing"));
        Assert.Equal(2, books.Scalar("SELECT COUNT(DISTINCT list_id) FROM mailing"));
        Assert.Equal(400, books.Sink().Count);
        Assert.Equal(1, books.Scalar("SELECT COUNT(*) FROM mailing one JOIN mailing other ON other.mailing_id > one.mailing_id WHERE other.started_at >= one.finished_at"));
    }

    private static long SourceOf(int index) => Installation.Source + 100 + index;

    private static string Definitions(Books books) =>
        books.Text("SELECT string_agg(source_id || ' ' || version || ' ' || hash, '; ' ORDER BY source_id, version) FROM source_mailing_version");

    private static async Task LetTheFolderRunOnAsync(Installation installation)
    {
        var path = Path.Combine(installation.Definitions, "demo", "client.json");
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path)).Replace("\"pollSeconds\": 1", "\"pollSeconds\": 1, \"stopOnError\": false", StringComparison.Ordinal));
    }

    /// <summary>A second client, whose mailing the first one's file names.</summary>
    private static void WriteForeign(Installation installation, long id)
    {
        SampleDefinitions.WriteMailing(installation.Definitions, id);
        var other = Path.Combine(installation.Definitions, "other");
        Directory.CreateDirectory(Path.Combine(other, "mailings"));
        var client = File.ReadAllText(Path.Combine(installation.Definitions, "demo", "client.json"));
        File.WriteAllText(Path.Combine(other, "client.json"), client.Replace("90000000001", "90000000002", StringComparison.Ordinal).Replace("\"key\": \"demo\"", "\"key\": \"other\"", StringComparison.Ordinal));
        Directory.Move(Path.Combine(installation.Definitions, "demo", "mailings", id.ToString()), Path.Combine(other, "mailings", id.ToString()));
    }
}
