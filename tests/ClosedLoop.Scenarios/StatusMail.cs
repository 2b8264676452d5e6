using ClosedLoop.Mail.Sink;
using ClosedLoop.Model.Files;

namespace ClosedLoop.Scenarios;

/// <summary>People named in the definition learn by mail how files and mailings went, once each, although the process is killed in between.</summary>
public sealed class StatusMail
{
    private const string Notify =
        """

          "notify": { "to": ["ops@example.org"], "problemsTo": ["night@example.org"], "finished": true },
        """;

    [Fact]
    public async Task Every_file_is_told_of_once_and_problems_to_more_people()
    {
        using var installation = await Installation.CreateAsync(more: Notify);
        var books = installation.Books;
        string good;
        await using (var silo = await SiloProcess.StartAsync(installation))
        {
            good = installation.Drop([Installation.Row("reader@example.org")]);
            await Eventually.ThatAsync("end of the mailing", () => books.IsFinished(good), silo);
            await silo.KillAsync();
        }

        await using var next = await SiloProcess.StartAsync(installation);
        await Eventually.ThatAsync("two notices about the good file", () => Told(books).Count >= 2, next);
        var bad = installation.Drop("no such columns\n"u8.ToArray());
        await Eventually.ThatAsync("failure", () => books.StateOf(bad) == FileState.FailedImport, next);
        await Eventually.ThatAsync("two notices about the bad file", () => Told(books).Count >= 4, next);

        var told = Told(books).Select(record => (To: record.To[0], Subject: record.Subject!)).ToList();
        Assert.Equal(4, told.Count);
        Assert.Single(told, mail => mail == ("ops@example.org", $"[closed-loop] OK {good}"));
        Assert.Single(told, mail => mail.To == "ops@example.org" && mail.Subject.StartsWith("[closed-loop] FINISHED", StringComparison.Ordinal));
        Assert.Single(told, mail => mail == ("ops@example.org", $"[closed-loop] FAILED {bad}"));
        Assert.Single(told, mail => mail == ("night@example.org", $"[closed-loop] FAILED {bad}"));
    }

    [Fact]
    public async Task What_lies_in_the_folder_in_vain_and_an_export_that_fails_are_told_of_once()
    {
        using var installation = await Installation.CreateAsync(more: Notify);
        var books = installation.Books;
        Directory.CreateDirectory(installation.Folder("in"));
        await File.WriteAllTextAsync(Path.Combine(installation.Folder("in"), "2026_subscribers.csv"), "x");
        var upload = Path.Combine(installation.Folder("in"), "20260302090000_subscribers.csv.tmp");
        await File.WriteAllTextAsync(upload, "x");
        File.SetLastWriteTimeUtc(upload, DateTime.UtcNow.AddDays(-2));

        await using (var silo = await SiloProcess.StartAsync(installation))
        {
            await Eventually.ThatAsync("two notices to two people", () => Told(books).Count == 4, silo);

            // Where the response files should go stands a file.
            Directory.Delete(installation.Folder("out"), recursive: true);
            await File.WriteAllTextAsync(installation.Folder("out"), "x");
            (await installation.RunAsync("export", "run", "demo")).Succeeded();
            await Eventually.ThatAsync("a third", () => Told(books).Count == 6, silo);
            File.Delete(installation.Folder("out"));
        }

        await using var next = await SiloProcess.StartAsync(installation);
        await next.PollAsync();
        var good = installation.Drop([Installation.Row("reader@example.org")]);
        await Eventually.ThatAsync("notices of the good file", () => books.IsFinished(good) && Told(books).Count >= 8, next);

        var told = Told(books).Select(record => (To: record.To[0], Subject: record.Subject!)).ToList();
        foreach (var person in new[] { "ops@example.org", "night@example.org" })
        {
            Assert.Single(told, mail => mail == (person, "[closed-loop] WARNING 2026_subscribers.csv"));
            Assert.Single(told, mail => mail == (person, "[closed-loop] WARNING 20260302090000_subscribers.csv.tmp"));
            Assert.Single(told, mail => mail.To == person && mail.Subject.StartsWith("[closed-loop] FAILED export ", StringComparison.Ordinal));
        }

        Assert.True(File.Exists(Path.Combine(installation.Folder("in"), "2026_subscribers.csv")));
        Assert.True(File.Exists(upload));
    }

    private static List<SinkRecord> Told(Books books) => [.. books.Sink().Where(record => record.From.Length == 0)];
}
