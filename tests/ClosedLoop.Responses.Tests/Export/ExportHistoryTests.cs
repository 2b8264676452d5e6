using ClosedLoop.Data;
using ClosedLoop.Data.Exports;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Responses.Export.Verification;
using Xunit.Abstractions;

namespace ClosedLoop.Responses.Tests.Export;

/// <summary>Spec section 17.11 over generated histories, with every option of the export, read back by readers that share no code with the writer.</summary>
public class ExportHistoryTests(ITestOutputHelper output)
{
    /// <summary>How recipients stood at <c>$2</c>, in one query: what the merged cursors of the export must agree with.</summary>
    private const string StatusSql =
        """
        SELECT m.recipient_base + l.sequence, CASE WHEN l.recorded <= $1 AND l.state >= 2 THEN l.state ELSE 1 END AS as_of,
            CASE WHEN l.recorded <= $1 AND l.state >= 2 THEN l.done_at ELSE m.started_at END / 1000000,
            (SELECT a.category FROM response a WHERE a.mailing_id = l.mailing_id AND a.sequence = l.sequence AND a.recorded <= $1
             ORDER BY a.category IN (1, 2, 3) DESC, a.recorded DESC, a.ordinal DESC LIMIT 1)
        FROM mailing m JOIN ledger l ON l.mailing_id = m.mailing_id
        WHERE m.started_recorded <= $1 AND (l.recorded IS NULL OR l.recorded > $1 OR l.state NOT IN (4, 6))
        """;

    private static readonly string[] Categories = ["unknown", "bounce", "temporary_bounce", "fatal_bounce", "autoresponder"];

    [Theory]
    [InlineData(ExportRecipients.Snapshot, ExportLinks.PerRecipient, ExportQuote.All, true)]
    [InlineData(ExportRecipients.Changed, ExportLinks.PerRecipient, ExportQuote.Minimal, false)]
    [InlineData(ExportRecipients.Changed, ExportLinks.Shared, ExportQuote.All, true)]
    [InlineData(ExportRecipients.Snapshot, ExportLinks.Shared, ExportQuote.Minimal, false)]
    public async Task Invariants_hold_and_each_event_is_in_exactly_one_run(ExportRecipients recipients, ExportLinks links, ExportQuote quote, bool header)
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        await using var test = await ExportTest.CreateAsync(settings => settings with
        {
            Recipients = recipients,
            Links = links,
            Quote = quote,
            Header = header,
            ExtraFields = ["lastname"],
            TimeZone = "Europe/Berlin",
        }, start: "2026-10-23 09:00:00");
        var runs = await LiveAsync(test, new Random(seed), _ => Task.CompletedTask);
        var sets = ExportVerifier.Verify(test.Out);
        Assert.Equal(runs.Count, sets.Count);
        foreach (var set in sets) Assert.True(set.Ok, string.Join('\n', set.Faults));
        foreach (var run in runs) await test.AssertRebuildsIdenticalAsync(run.RunId);
        var manifests = runs.Select(run => System.Text.Json.JsonSerializer.Deserialize<Responses.Export.ExportManifest>(run.Manifest!, Model.DefinitionJson.Options)!).ToList();
        long Rows(params string[] tables) => manifests.Sum(manifest => manifest.Files.Where(file => tables.Contains(file.Table)).Sum(file => file.Rows));
        Assert.Equal(test.Data.Scalar("SELECT COUNT(*) FROM event"), Rows("clicks", "opens", "automated_opens", "unsubscribes"));
        Assert.Equal(test.Data.Scalar("SELECT COUNT(*) FROM response"), Rows("responses"));
    }

    [NeedsPythonFact]
    public async Task Python_reads_the_sets_and_finds_the_invariants_kept()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        await using var test = await ExportTest.CreateAsync(settings => settings with { Recipients = seed % 2 == 0 ? ExportRecipients.Changed : ExportRecipients.Snapshot });
        await LiveAsync(test, new Random(seed), _ => Task.CompletedTask);
        Assert.Equal("", await PythonReader.RunAsync(await File.ReadAllTextAsync(Repository.PathOf("tests", "ClosedLoop.Responses.Tests", "Export", "invariants.py")), [test.Out]));
    }

    [Fact]
    public async Task Who_takes_the_latest_row_of_each_recipient_knows_how_everybody_stands_when_changes_are_exported()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        await using var test = await ExportTest.CreateAsync(settings => settings with { Recipients = ExportRecipients.Changed });
        var known = new Dictionary<long, (string Sending, string Created, string? Category)>();
        var repeated = 0;
        await LiveAsync(test, new Random(seed), run =>
        {
            var listed = test.Rows(run.Label, "mailings").Select(row => row[0]).ToHashSet();
            foreach (var row in test.Rows(run.Label, "mailingrecipients"))
            {
                Assert.Contains(row[1], listed);
                var id = long.Parse(row[0]!, System.Globalization.CultureInfo.InvariantCulture);
                if (known.ContainsKey(id)) repeated++;
                known[id] = (row[5]!, row[4]!, row[7]);
            }

            foreach (var (id, status) in Truth(test.Data, run.CutTo)) Assert.Equal(status, known[id]);
            return Task.CompletedTask;
        });
        Assert.True(repeated > 0, "no recipient was listed again; the history is too short to show anything");
    }

    private static async Task<List<ExportRun>> LiveAsync(ExportTest test, Random random, Func<ExportRun, Task> afterRun)
    {
        var (mailings, runs) = (new List<MailingRow>(), new List<ExportRun>());
        for (var day = 0; day < 5; day++)
        {
            for (var step = 0; step < 80; step++)
            {
                test.Data.Clock.Now = test.Data.Clock.Now.AddSeconds(random.Next(0, 30));
                await RandomActivity.StepAsync(test.Data, mailings, random);
            }

            test.Data.Clock.Now = new DateTimeOffset(test.Data.Clock.Now.Date, TimeSpan.Zero).AddDays(1).AddHours(2);
            runs.Add(await test.RunAsync());
            await afterRun(runs[^1]);
        }

        return runs;
    }

    private static IEnumerable<(long Id, (string Sending, string Created, string? Category) Status)> Truth(ResponseDatabase data, long cut)
    {
        using var connection = data.Database.OpenRead();
        using var statement = new Statement(connection, StatusSql);
        using var reader = statement.Query(cut);
        while (reader.Read())
        {
            var sending = (RecipientState)reader.GetInt32(1) switch { RecipientState.Sent => "sent", RecipientState.Sending => "sending", _ => "could_not_be_sent" };
            var created = DateTimeOffset.FromUnixTimeSeconds(reader.GetInt64(2)).ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
            yield return (reader.GetInt64(0), (sending, created, reader.IsDBNull(3) ? null : Categories[reader.GetInt32(3)]));
        }
    }
}
