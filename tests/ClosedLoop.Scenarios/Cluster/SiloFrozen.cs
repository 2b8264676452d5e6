using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Scenarios.Support;
using ClosedLoop.Testing.Servers;
using Xunit.Abstractions;

namespace ClosedLoop.Scenarios.Cluster;

/// <summary>A silo stops answering in the middle of sending (STOP), is taken for dead, and goes on as if nothing had been when its slices have long been sent by others (CONT).</summary>
[Collection(AloneCollection.Name)]
public sealed class SiloFrozen(ITestOutputHelper output)
{
    private const int Rows = 8_000;
    private const int Window = 64;

    [PostgresFact]
    public async Task Its_slices_are_sent_by_others_and_nobody_gets_two()
    {
        using var installation = await Installation.CreateAsync(embeddedSink: false, server: await PostgresServer.SharedAsync());
        await using var sink = await SinkProcess.StartAsync(installation, "--reply-delay", "20");
        var places = Enumerable.Range(0, 2).Select(number => ClusterPlace.Of(installation, number)).ToArray();
        var silos = await Task.WhenAll(places.Select(place => ClusterSilo.StartAsync(installation, place)));
        try
        {
            var file = installation.Drop(Enumerable.Range(0, Rows).Select(i => Installation.Row(Address(i))));
            await Eventually.ThatAsync("mail on its way", () => installation.Books.Sink().Count > 100, [.. silos, sink]);
            await Eventually.ThatAsync("both in the list of processes", async () => await ProcessesAsync(installation) == "2 of 2: silo0 working All, silo1 working All", silos);
            await silos[1].SignalAsync("STOP");
            await Eventually.ThatAsync("end of the mailing without it", () => installation.Books.IsFinished(file), silos[0], sink);
            await Eventually.ThatAsync("one of them missed", async () => await ProcessesAsync(installation) == "1 of 2: silo0 working All, silo1 silent ", silos[0]);
            var before = installation.Books.Ledger(file);
            await silos[1].SignalAsync("CONT");

            // It finds out, and either ends or has been ended: it was declared dead.
            await Eventually.ThatAsync("end of the silo that was taken for dead", () => silos[1].HasEnded);
            Assert.Equal(before, installation.Books.Ledger(file));
            var mail = installation.Books.SinkByAddress();
            Assert.All(mail, messages => Assert.True(messages.Count() == 1, $"{messages.Key} has {messages.Count()} messages"));
            var ledger = installation.Books.AssertBalance(file, Rows);
            Assert.All(ledger, entry => Assert.True(entry.Value == RecipientState.Unknown || (entry.Value == RecipientState.Sent && mail.Contains(entry.Key)), $"{entry.Key} is {entry.Value}"));
            var unknown = ledger.Values.Count(state => state == RecipientState.Unknown);
            output.WriteLine($"{Rows} recipients, one silo frozen: 0 lost, 0 repeated, {unknown} in doubt");
            Assert.InRange(unknown, 0, Window);
        }
        catch
        {
            foreach (var silo in silos) output.WriteLine(silo.Story);
            throw;
        }
        finally
        {
            foreach (var silo in silos) await silo.DisposeAsync();
        }
    }

    /// <summary>How the dashboard of the first silo sees them.</summary>
    private static async Task<string> ProcessesAsync(Installation installation)
    {
        using var access = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(installation.Data, "operator.json")));
        using var http = new HttpClient { BaseAddress = new Uri(installation.OperatorAddress) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", access.RootElement.GetProperty("Token").GetString());
        using var system = JsonDocument.Parse(await http.GetStringAsync(new Uri("/api/v1/system", UriKind.Relative)));
        var processes = system.RootElement.GetProperty("processes");
        return $"{processes.GetProperty("answering")} of {processes.GetProperty("expected")}: {string.Join(", ", processes.GetProperty("items").EnumerateArray().Select(process => $"{process.GetProperty("name")} {process.GetProperty("state")} {process.GetProperty("roles")}"))}";
    }

    private static string Address(int index) => string.Create(CultureInfo.InvariantCulture, $"reader.{index}@example.org");
}
