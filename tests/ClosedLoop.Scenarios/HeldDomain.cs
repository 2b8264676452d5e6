using ClosedLoop.Model.Recipients;
using ClosedLoop.Scenarios.Support;

namespace ClosedLoop.Scenarios;

/// <summary>An operator holds a recipient domain by the command line: others are mailed, the hold survives a kill, and opening it sends the rest.</summary>
public sealed class HeldDomain
{
    [Fact]
    public async Task Mail_for_the_domain_waits_through_a_kill_until_the_domain_is_opened()
    {
        using var installation = await Installation.CreateAsync();
        await using var silo = await SiloProcess.StartAsync(installation);
        var books = installation.Books;
        var suspended = await installation.RunAsync("queues", "suspend", "--client", "demo", "--domain", "held.example", "--for", "2h", "--reason", "their postmaster asked");
        suspended.Succeeded();

        var file = installation.Drop(Enumerable.Range(0, 60).Select(i => Installation.Row(i % 2 == 0 ? $"r{i}@held.example" : $"r{i}@open.example")));
        await Eventually.ThatAsync("mail to the open domain", () => books.CountState(RecipientState.Sent) == 30, silo);
        await silo.KillAsync();

        await using var next = await SiloProcess.StartAsync(installation);
        var queues = await installation.RunAsync("queues", "ls");
        Assert.Contains("/held.example  until", queues.Output, StringComparison.Ordinal);
        Assert.Contains("30 recipients", queues.Output, StringComparison.Ordinal);
        Assert.Contains("their postmaster asked", queues.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(books.Sink(), message => message.To[0].EndsWith("held.example", StringComparison.Ordinal));

        var resumed = await installation.RunAsync("queues", "resume", "--client", "demo", "--domain", "held.example");
        resumed.Succeeded();
        await Eventually.ThatAsync("end of the mailing", () => books.IsFinished(file), next);

        var ledger = books.AssertBalance(file, rows: 60);
        Assert.All(ledger.Values, state => Assert.Equal(RecipientState.Sent, state));
        Assert.Equal(60, books.Sink().Count);
    }
}
