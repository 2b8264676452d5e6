using System.Collections.Concurrent;
using System.Net;
using ClosedLoop.Scenarios.Support;
using Xunit.Abstractions;

namespace ClosedLoop.Scenarios;

/// <summary>KILL while readers click: who was redirected is in the export, once; nobody is there who did not ask.</summary>
public sealed class KillDuringResponses(ITestOutputHelper output)
{
    private const int Kills = 3;
    private const int Readers = 8;
    private const string Agent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

    [Fact]
    public async Task Every_click_that_was_answered_is_exported_once()
    {
        var random = Seed.Next(output);
        using var installation = await Installation.CreateAsync();
        var silo = await SiloProcess.StartAsync(installation);
        var file = installation.Drop(Enumerable.Range(0, Readers).Select(i => Installation.Row(Address(i))));
        await Eventually.ThatAsync("end of the mailing", () => installation.Books.IsFinished(file), silo);
        var links = Enumerable.Range(0, Readers).Select(i => ReceivedMail.Of(installation.Books, Address(i)).Links[0]).ToList();
        var answered = new ConcurrentDictionary<string, int>();
        var asked = new ConcurrentDictionary<string, int>();

        for (var kill = 0; kill < Kills; kill++)
        {
            var enough = answered.Values.Sum() + random.Next(20, 300);
            using var end = new CancellationTokenSource();
            var current = silo;
            var readers = Enumerable.Range(0, Readers).Select(i => Task.Run(() => ClickAsync(current, i, links[i], asked, answered, end.Token))).ToList();
            await Eventually.ThatAsync("clicks", () => answered.Values.Sum() >= enough, silo);
            await silo.KillAsync();
            await end.CancelAsync();
            await Task.WhenAll(readers);
            silo = await SiloProcess.StartAsync(installation);
        }

        await using var last = silo;
        await Eventually.ThatAsync("clicks in the database", () => installation.Books.Scalar("SELECT COUNT(*) FROM event") >= answered.Values.Sum(), silo);
        var export = await installation.ExportAsync(silo);
        var exported = export.Rows("clicks").CountBy(row => row["userId"]).ToDictionary(StringComparer.OrdinalIgnoreCase);
        output.WriteLine($"{asked.Values.Sum()} asked, {answered.Values.Sum()} answered, {exported.Values.Sum()} exported");

        // A click whose answer the kill cut off may have been recorded before.
        Assert.All(answered, reader => Assert.InRange(exported[reader.Key], reader.Value, asked[reader.Key]));
        installation.Books.AssertBalance(file, Readers);
    }

    private static async Task ClickAsync(
        SiloProcess silo, int reader, string link, ConcurrentDictionary<string, int> asked, ConcurrentDictionary<string, int> answered, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            asked.AddOrUpdate(Address(reader), 1, (_, count) => count + 1);
            try
            {
                using var response = await silo.SendAsync(HttpMethod.Get, link, agent: Agent);
                Assert.Equal(HttpStatusCode.Found, response.StatusCode);
            }
            catch (HttpRequestException)
            {
                return;
            }

            answered.AddOrUpdate(Address(reader), 1, (_, count) => count + 1);
        }
    }

    private static string Address(int index) => $"reader.{index}@example.org";
}
