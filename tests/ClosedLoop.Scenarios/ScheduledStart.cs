using System.Globalization;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Scenarios.Support;

namespace ClosedLoop.Scenarios;

/// <summary>A mailing with a start time waits for it, also when the process dies meanwhile (closed-loop specification, section 7).</summary>
public sealed class ScheduledStart
{
    [Fact]
    public async Task It_starts_once_at_its_time_though_the_process_is_killed_while_it_waits()
    {
        using var installation = await Installation.CreateAsync();
        var due = DateTimeOffset.UtcNow.AddSeconds(30);
        SampleDefinitions.WriteMailing(installation.Definitions, Installation.Source, start: string.Create(CultureInfo.InvariantCulture, $"at {due:yyyy-MM-dd'T'HH:mm:ss}Z"));
        (await installation.RunAsync("apply", installation.Definitions)).Succeeded();
        var silo = await SiloProcess.StartAsync(installation);
        var books = installation.Books;
        var file = installation.Drop([Installation.Row("a@example.org"), Installation.Row("b@example.org")]);
        await Eventually.ThatAsync("archived file", () => books.StateOf(file) == Model.Files.FileState.Archived, silo);
        Assert.Equal((long)MailingState.Queued, books.Scalar("SELECT state FROM mailing"));
        var listed = (await installation.RunAsync("mailings", "ls", "--json")).Succeeded().Json().GetProperty("mailings")[0];
        Assert.Equal(due.ToUnixTimeSeconds(), listed.GetProperty("start").GetDateTimeOffset().ToUnixTimeSeconds());
        Assert.Contains("starts ", (await installation.RunAsync("status")).Succeeded().Output, StringComparison.Ordinal);
        await silo.KillAsync();
        Assert.False(File.Exists(books.SinkLedgerPath) && books.Sink().Count > 0);

        silo = await SiloProcess.StartAsync(installation);
        await using var running = silo;
        await Eventually.ThatAsync("end of the mailing", () => books.IsFinished(file), silo);
        Assert.True(books.Scalar("SELECT started_at / 1000000 FROM mailing") >= due.ToUnixTimeSeconds());
        Assert.All(books.SinkByAddress(), messages => Assert.Single(messages));
        Assert.Equal(2, books.Sink().Count);
        books.AssertBalance(file, rows: 2);
    }

    [Fact]
    public async Task One_that_is_over_starts_at_once_and_says_so()
    {
        using var installation = await Installation.CreateAsync();
        SampleDefinitions.WriteMailing(installation.Definitions, Installation.Source, start: "at 2026-01-01 10:00");
        (await installation.RunAsync("apply", installation.Definitions)).Succeeded();
        await using var silo = await SiloProcess.StartAsync(installation);
        var file = installation.Drop([Installation.Row("a@example.org")]);
        await Eventually.ThatAsync("end of the mailing", () => installation.Books.IsFinished(file), silo);
        Assert.Contains("\tW407\t", await File.ReadAllTextAsync(Path.Combine(installation.Folder("log"), Path.ChangeExtension(file, ".log"))), StringComparison.Ordinal);
        Assert.Contains("WARNING", await File.ReadAllTextAsync(Path.Combine(installation.Folder("log"), Path.ChangeExtension(file, ".status.txt"))), StringComparison.Ordinal);
    }
}
