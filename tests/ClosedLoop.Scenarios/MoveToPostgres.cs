using ClosedLoop.Scenarios.Support;
using ClosedLoop.Testing.Servers;

namespace ClosedLoop.Scenarios;

/// <summary>An installation that began on a file goes on on a server.</summary>
public sealed class MoveToPostgres
{
    private const int Rows = 40;

    [PostgresFact]
    public async Task What_was_sent_before_is_known_after_and_the_next_export_has_only_what_came_since()
    {
        await using var server = await PostgresServer.StartAsync();
        var connection = server.CreateDatabase();
        using var installation = await Installation.CreateAsync(onFile: true);
        var first = installation.Drop(Enumerable.Range(0, Rows).Select(i => Installation.Row($"first.{i}@example.org")));
        await using (var silo = await SiloProcess.StartAsync(installation))
        {
            await Eventually.ThatAsync("end of the first mailing", () => installation.Books.IsFinished(first), silo);
            await installation.ExportAsync(silo);
            var running = await installation.RunAsync("db", "copy", "--to", connection);
            Assert.Equal(5, running.ExitCode);
            Assert.Contains("CL3003", running.Error, StringComparison.Ordinal);
            await silo.TerminateAsync();
        }

        var copy = (await installation.RunAsync("db", "copy", "--to", connection, "--json")).Succeeded().Json();
        Assert.Equal(Rows, copy.GetProperty("tables").EnumerateArray().Single(table => table.GetProperty("name").GetString() == "ledger").GetProperty("rows").GetInt64());
        Assert.Contains("CL3306", (await installation.RunAsync("db", "copy", "--to", connection)).Error, StringComparison.Ordinal);

        installation.MoveTo(connection);
        var second = installation.Drop(Enumerable.Range(0, Rows).Select(i => Installation.Row($"second.{i}@example.org", wave: 502)));
        await using var after = await SiloProcess.StartAsync(installation);
        await Eventually.ThatAsync("end of the second mailing", () => installation.Books.IsFinished(second), after);
        installation.Books.AssertBalance(first, Rows);
        installation.Books.AssertBalance(second, Rows);
        var export = await installation.ExportAsync(after);
        Assert.Equal(
            Enumerable.Range(0, Rows).Select(i => $"second.{i}@example.org").Order(StringComparer.Ordinal),
            export.Rows("mailingrecipients").Select(row => row["userId"]).Order(StringComparer.Ordinal));
    }
}
