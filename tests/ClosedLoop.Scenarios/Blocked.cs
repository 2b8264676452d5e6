using ClosedLoop.Model.Recipients;
using ClosedLoop.Scenarios.Support;

namespace ClosedLoop.Scenarios;

/// <summary>Addresses and patterns on the blocklist get no mail, and do again once they are off it.</summary>
public sealed class Blocked
{
    [Fact]
    public async Task Whoever_is_on_the_blocklist_is_left_out_until_taken_off()
    {
        using var installation = await Installation.CreateAsync();
        await using var silo = await SiloProcess.StartAsync(installation);
        var books = installation.Books;
        string[] rows = [Installation.Row("Anna@example.org"), Installation.Row("one@closed.example"), Installation.Row("reader@example.org")];
        (await installation.RunAsync("blocklist", "add", "anna@example.org", "--client", "demo", "--reason", "asked by telephone")).Succeeded();
        (await installation.RunAsync("blocklist", "add", "*@closed.example", "--client", "demo")).Succeeded();
        Assert.Equal(8, (await installation.RunAsync("blocklist", "add", "*@closed.example", "--client", "demo")).ExitCode);
        var refused = await installation.RunAsync("blocklist", "add", "*@*", "--client", "demo");
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("CL6004", refused.Error, StringComparison.Ordinal);
        var listed = (await installation.RunAsync("blocklist", "ls", "--client", "demo")).Succeeded().Output;
        Assert.Contains("asked by telephone", listed, StringComparison.Ordinal);

        var first = installation.Drop(rows);
        await Eventually.ThatAsync("end of the first mailing", () => books.IsFinished(first), silo);
        var ledger = books.AssertBalance(first, rows: 3);
        Assert.Equal(RecipientState.Sent, Assert.Single(ledger, each => each.Key == "reader@example.org").Value);
        Assert.Single(ledger);
        Assert.Equal(2, books.Scalar("SELECT COUNT(*) FROM file_problem WHERE code = 'W207' AND line IN (1, 2)"));

        (await installation.RunAsync("blocklist", "remove", "anna@example.org", "--client", "demo")).Succeeded();
        (await installation.RunAsync("blocklist", "remove", "*@closed.example", "--client", "demo")).Succeeded();
        var second = installation.Drop([.. rows, Installation.Row("new@example.org")]);
        await Eventually.ThatAsync("end of the second mailing", () => books.IsFinished(second), silo);
        Assert.All(books.AssertBalance(second, rows: 4).Values, state => Assert.Equal(RecipientState.Sent, state));
    }
}
