using System.Net;

namespace ClosedLoop.Scenarios;

/// <summary>A recipient is taken out of the ledger behind the service's back: it is seen, told and shown, and over when he is back.</summary>
public sealed class StandingInvariant
{
    [Fact]
    public async Task A_lost_recipient_raises_the_alarm()
    {
        using var installation = await Installation.CreateAsync(more: """

              "notify": { "problemsTo": ["night@example.org"] },
            """);
        installation.Settings.Add("Watch:IntervalSeconds=0.5");
        var books = installation.Books;
        await using var silo = await SiloProcess.StartAsync(installation);
        var file = installation.Drop(Enumerable.Range(0, 20).Select(i => Installation.Row($"reader.{i}@example.org")));
        await Eventually.ThatAsync("end of the mailing", () => books.IsFinished(file), silo);
        (await installation.RunAsync("status")).Succeeded();
        Assert.Empty(Alarms(books));

        books.Tamper("DELETE FROM ledger WHERE sequence = 7");
        await Eventually.ThatAsync("mail about it", () => Alarms(books).Count > 0, silo);
        Assert.Contains("1 missing", silo.Error, StringComparison.Ordinal);
        Assert.Contains("crit:", silo.Error, StringComparison.Ordinal);
        var status = await installation.RunAsync("status");
        Assert.Equal(7, status.ExitCode);
        Assert.Contains("✗ 1 do not add up", status.Output, StringComparison.Ordinal);
        using (var ready = await silo.SendAsync(HttpMethod.Get, "/readyz"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
            Assert.Contains("\"violations\":1", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        books.Tamper("INSERT INTO ledger (mailing_id, sequence, state, attempt, due_at) SELECT mailing_id, 7, 2, 1, 0 FROM mailing");
        await Eventually.ThatAsync("end of the alarm", () => books.Scalar("SELECT COUNT(*) FROM alarm") == 0, silo);
        Assert.Single(Alarms(books));
    }

    private static List<string> Alarms(Books books) => [.. books.Sink().Where(mail => mail.From.Length == 0).Select(mail => mail.Subject!).Where(subject => subject.Contains("ALARM", StringComparison.Ordinal))];
}
