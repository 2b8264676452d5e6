using ClosedLoop.Data.Exports;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model.Events;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Responses;
using Xunit.Abstractions;

namespace ClosedLoop.Responses.Tests.Export;

public class ExportInvariantTests(ITestOutputHelper output)
{
    private const int People = 12;

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
                await StepAsync(test.Data, mailings, random);
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

    private static async Task StepAsync(ResponseDatabase data, List<MailingRow> mailings, Random random)
    {
        if (mailings.Count == 0 || random.Next(20) == 0)
            mailings.Add(await data.StartAsync([.. Enumerable.Range(0, People).Select(i => $"p{i}@x.org")]));
        var mailing = mailings[random.Next(mailings.Count)];
        var sequence = random.Next(People);
        switch (random.Next(8))
        {
            case 0 or 1 or 2:
                if (data.Scalar($"SELECT state FROM ledger WHERE mailing_id = {mailing.MailingId} AND sequence = {sequence}") != 0) break;
                if (data.Scalar($"SELECT state FROM mailing WHERE mailing_id = {mailing.MailingId}") != 3) break;
                RecipientState[] states = [RecipientState.Sent, RecipientState.Sent, RecipientState.Failed, RecipientState.Unknown, RecipientState.Suppressed];
                var state = states[random.Next(states.Length)];
                await data.SettleAsync(mailing, sequence, state, state == RecipientState.Failed ? ResponseCategory.FatalBounce : null);
                break;
            case 3:
                await data.TrackAsync(TrackedEventKind.Click, mailing, sequence, 1);
                break;
            case 4:
                await data.TrackAsync(TrackedEventKind.Open, mailing, sequence, flags: random.Next(2) == 0 ? TrackedEventFlags.Automatic : TrackedEventFlags.None);
                break;
            case 5:
                await data.TrackAsync(TrackedEventKind.Unsubscribe, mailing, sequence);
                break;
            case 6:
                await data.RespondAsync(mailing, sequence, (ResponseCategory)random.Next(5));
                break;
            default:
                if (random.Next(6) == 0) await data.CancelAsync(mailing);
                else await data.FinishAsync(mailing);
                break;
        }
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
