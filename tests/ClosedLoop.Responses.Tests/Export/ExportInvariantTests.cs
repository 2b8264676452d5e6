using ClosedLoop.Data.Exports;
using ClosedLoop.Data.Mailings;
using Xunit.Abstractions;

namespace ClosedLoop.Responses.Tests.Export;

public class ExportInvariantTests(ITestOutputHelper output)
{
    /// <summary>Spec section 17.11, over several runs of random activity: keys resolve, each event is in exactly one run, every run rebuilds to the same bytes.</summary>
    [Fact]
    public async Task Keys_resolve_and_each_event_is_in_exactly_one_run()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var test = await ExportTest.CreateAsync();
        var mailings = new List<MailingRow>();
        var runs = new List<ExportRun>();
        for (var day = 0; day < 5; day++)
        {
            for (var step = 0; step < 60; step++)
            {
                test.Data.Clock.Now = test.Data.Clock.Now.AddSeconds(random.Next(0, 30));
                await RandomActivity.StepAsync(test.Data, mailings, random);
            }

            test.Data.Clock.Now = new DateTimeOffset(test.Data.Clock.Now.Date, TimeSpan.Zero).AddDays(1).AddHours(2);
            runs.Add(await test.RunAsync());
        }

        foreach (var run in runs)
        {
            await test.AssertRebuildsIdenticalAsync(run.RunId);
            AssertKeys(test, run.Label);
        }

        Assert.Equal(test.Data.Scalar("SELECT COUNT(*) FROM event"),
            Count(test, runs, "clicks") + Count(test, runs, "opens") + Count(test, runs, "automated_opens") + Count(test, runs, "unsubscribes"));
        Assert.Equal(test.Data.Scalar("SELECT COUNT(*) FROM response"), Count(test, runs, "responses"));
        Assert.Equal(test.Data.Scalar("SELECT COUNT(*) FROM suppression"), Count(test, runs, "unsubscribes"));
    }

    private static void AssertKeys(ExportTest test, string label)
    {
        var mailings = test.Rows(label, "mailings").Select(row => row[0]).ToHashSet();
        var recipients = test.Rows(label, "mailingrecipients");
        var links = test.Rows(label, "links").ToDictionary(row => row[0]!);
        Assert.Equal(mailings.Count, test.Rows(label, "mailings").Count);
        Assert.Equal(recipients.Count, recipients.Select(row => row[0]).Distinct().Count());
        Assert.Equal(links.Keys.Order(StringComparer.Ordinal), links.Keys);
        Assert.Equal(recipients.OrderBy(row => row[4], StringComparer.Ordinal).ThenBy(row => row[0], StringComparer.Ordinal).Select(row => row[0]), recipients.Select(row => row[0]));
        foreach (var row in recipients)
        {
            Assert.Contains(row[1], mailings);
            Assert.Equal(row[6] == "HARD", row[7] == "fatal_bounce");
            Assert.Equal(row[6] == "SOFT", row[7] is "bounce" or "temporary_bounce");
        }

        foreach (var row in test.Rows(label, "clicks").Concat(test.Rows(label, "opens")))
        {
            var link = links[row[0]!];
            Assert.Equal((link[1], link[2]), (row[1], row[2]));
        }
    }

    private static long Count(ExportTest test, List<ExportRun> runs, string table) => runs.Sum(run => test.Rows(run.Label, table).Count);
}
