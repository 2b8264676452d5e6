using System.Net;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Testing.Servers;

namespace ClosedLoop.Scenarios;

/// <summary>
/// A copy of the database is taken in the middle of the sending, the mailing ends, the copy is put back: nobody is mailed until an operator has said so, and he is
/// told who would be. Minutes old, so that it is not the age that gives it away.
/// </summary>
public sealed class RestoredBackup
{
    private const int Rows = 1_500;

    private const string Told = """

              "notify": { "problemsTo": ["night@example.org"] },
            """;

    [Fact]
    public async Task Nobody_is_mailed_again_until_it_is_confirmed()
    {
        using var installation = await Installation.CreateAsync(embeddedSink: false, more: Told, onFile: true);
        await AssertAsync(installation, copy =>
        {
            foreach (var old in Directory.EnumerateFiles(installation.Data, "closedloop.db*")) File.Delete(old);
            File.Copy(copy, Path.Combine(installation.Data, "closedloop.db"));
        });
    }

    [PostgresFact]
    public async Task Nor_by_a_dump_of_a_server_that_is_put_into_another_database()
    {
        await using var server = await PostgresServer.StartAsync();
        using var installation = await Installation.CreateAsync(embeddedSink: false, more: Told, server: server);
        installation.Environment["PATH"] = PostgresServer.ProgramFolder + ":" + Environment.GetEnvironmentVariable("PATH");
        await AssertAsync(installation, copy => installation.MoveTo(server.Restore(copy)));
    }

    private static async Task AssertAsync(Installation installation, Action<string> restore)
    {
        await using var sink = await SinkProcess.StartAsync(installation);
        var books = installation.Books;
        var copy = Path.Combine(installation.AsideFolder, "copy.db");
        string file;
        await using (var silo = await SiloProcess.StartAsync(installation))
        {
            file = installation.Drop(Enumerable.Range(0, Rows).Select(i => Installation.Row($"reader.{i}@example.org")));
            await Eventually.ThatAsync("mail on its way", () => Mailed(books) > 50, silo, sink);
            (await installation.RunAsync("db", "backup", copy)).Succeeded();
            await Eventually.ThatAsync("end of the mailing", () => books.IsFinished(file), silo, sink);
            Assert.Equal(0, await silo.TerminateAsync());
        }

        Assert.Equal(Rows, Mailed(books));
        books.Close();
        restore(copy);
        var open = books.CountState(RecipientState.Waiting) + books.CountState(RecipientState.Sending);
        Assert.InRange(open, 1, Rows - 1);

        await using (var held = await SiloProcess.StartAsync(installation))
        {
            await AssertHeldAsync(installation, held, open);
            Assert.Equal(0, await held.TerminateAsync());
        }

        await using var again = await SiloProcess.StartAsync(installation);
        await AssertHeldAsync(installation, again, open);
        Assert.Equal(Rows, Mailed(books));

        (await installation.RunAsync("db", "confirm", "--yes", "--reason", "accepted by oak")).Succeeded();
        await Eventually.ThatAsync("end of the mailing", () => books.IsFinished(file), again, sink);
        Assert.Equal(Rows + open - books.CountState(RecipientState.Unknown), Mailed(books));
        using var ready = await again.SendAsync(HttpMethod.Get, "/readyz");
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        await AssertProofAsync(installation);
        (await installation.RunAsync("db", "verify")).Succeeded();
    }

    private static async Task AssertProofAsync(Installation installation)
    {
        var proof = Path.Combine(installation.AsideFolder, "proof.json");
        (await installation.RunAsync("proof", installation.Books.Text("SELECT CAST(mailing_id AS TEXT) FROM mailing"), "--out", proof)).Succeeded();
        var verdict = await CommandResult.OfAsync(installation.Environment, ["proof", "verify", proof]);
        Assert.Contains($"{Rows} recipients: ok", verdict.Succeeded().Output, StringComparison.Ordinal);
    }

    private static async Task AssertHeldAsync(Installation installation, SiloProcess silo, long open)
    {
        // The mailing is driven and finds that it may not: seen by the alarm having gone out, which takes the same relay.
        await Eventually.ThatAsync("mail about it", () => installation.Books.Sink().Any(mail => mail.From.Length == 0 && mail.Subject!.Contains("ALARM instance held", StringComparison.Ordinal)), silo);
        Assert.Contains("CL3221", silo.Error, StringComparison.Ordinal);
        using (var ready = await silo.SendAsync(HttpMethod.Get, "/readyz")) Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("HELD", (await installation.RunAsync("status")).Output, StringComparison.Ordinal);
        var who = Path.Combine(installation.AsideFolder, "who.csv");
        var look = await installation.RunAsync("db", "confirm", "--list", who);
        Assert.Equal(8, look.ExitCode);
        Assert.Contains("older than this folder", look.Output, StringComparison.Ordinal);
        Assert.Equal(open + 1, (await File.ReadAllLinesAsync(who)).Length);
        Assert.Equal(open, installation.Books.CountState(RecipientState.Waiting) + installation.Books.CountState(RecipientState.Sending));
    }

    /// <summary>Messages to recipients; mail to people has no sender.</summary>
    private static int Mailed(Books books) => books.Sink().Count(mail => mail.From.Length > 0);
}
