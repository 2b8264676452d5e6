using System.Globalization;
using System.Text.Json;
using ClosedLoop.Data.Exports;
using ClosedLoop.Data.Files;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model.Clients;
using ClosedLoop.Responses.Export;
using ClosedLoop.Silo.Commands;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Demo;

namespace ClosedLoop.Silo.Simulation;

internal sealed partial class SimulationRun
{
    /// <summary>Where the id of the mailing stands in each file (closed-loop spec section 17).</summary>
    private static readonly (string Table, int Column)[] Tables =
        [("mailings", 0), ("mailingrecipients", 1), ("links", 1), ("clicks", 1), ("opens", 1), ("automated_opens", 0), ("unsubscribes", 0), ("responses", 0)];

    /// <summary>Tables whose rows begin with an id of their own that a later run may list again.</summary>
    private static readonly string[] Once = ["mailings", "mailingrecipients"];

    /// <summary>More than two days have at the shortest interval, which is a minute.</summary>
    private const int MostRuns = 5_000;

    private string Out => Path.Combine(client.RootBelow(settings.DropPath), client.Folders.Out);

    private long LastRun() => store.Get<ExportRunStore>().Latest(client.Id, 1) is [var newest] ? newest.RunId : 0;

    /// <summary>Has the files of now cut, and those that were cut by schedule meanwhile.</summary>
    private async Task<List<ExportRun>> CutAsync(long lastRun, CancellationToken cancellation)
    {
        await AskedAsync("export", cancellation);
        List<ExportRun> runs;
        while ((runs = Runs(lastRun)).Count == 0 || runs.Exists(run => !run.Published)) await Task.Delay(Look, cancellation);
        return runs;
    }

    /// <summary>Oldest first.</summary>
    private List<ExportRun> Runs(long after) => [.. store.Get<ExportRunStore>().Latest(client.Id, MostRuns).Where(run => run.RunId > after).Reverse()];

    /// <summary>Counts the mailing's rows in every file.</summary>
    private (Dictionary<string, long> Rows, List<ExportedFile> Files) Counted(MailingRow mailing, List<ExportRun> runs)
    {
        var rows = Tables.ToDictionary(table => table.Table, _ => 0L, StringComparer.Ordinal);
        var files = new List<ExportedFile>();

        // Where changes are agreed, a later run lists again what an earlier one had: it is still one mailing, and one recipient.
        var listed = Once.ToDictionary(table => table, _ => new HashSet<string>(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var file in runs.SelectMany(run => JsonSerializer.Deserialize<ExportManifest>(run.Manifest!, JsonSerializerOptions.Web)!.Files))
        {
            var path = Path.Combine(Out, file.Name);
            if (!File.Exists(path)) throw new CommandException(ExitCode.Other, $"CL9668: {path} is in the manifest and not in its folder; was it fetched and removed already?");
            var found = RowsOf(path, Tables.Single(table => table.Table == file.Table).Column, mailing.MailingId);
            if (listed.TryGetValue(file.Table, out var ids)) rows[file.Table] += found.Count(cells => ids.Add(cells[0]));
            else rows[file.Table] += found.Count();
            files.Add(file with { Sha256 = ExpectedFiles.HashOf(path) });
        }

        screen.Stage($"response files: {string.Join(", ", rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Key} {row.Value}")))}");
        return (rows, files);
    }

    /// <summary>Rows of a mailing. The columns up to its id are numbers, and each row is one line (spec section 17.2).</summary>
    private static IEnumerable<string[]> RowsOf(string path, int column, long mailing)
    {
        var id = mailing.ToString(CultureInfo.InvariantCulture);
        return File.ReadLines(path).Select(line => line.Split(';', column + 2)).Where(cells => cells.Length > column && cells[column].AsSpan().Trim('"').SequenceEqual(id));
    }

    private SimulationReport Report(InboundFile file, MailingRow mailing, (Dictionary<string, long> Rows, List<ExportedFile> Files) exported)
    {
        var rows = exported.Rows;
        var counts = store.Get<RecipientLedger>().Count(mailing.MailingId);
        var fates = Enumerable.Range(0, scenario.Recipients).CountBy(new Cast(scenario).FateOf).ToDictionary();
        long Fated(params ReadOnlySpan<Fate> which)
        {
            var sum = 0L;
            foreach (var fate in which) sum += fates.GetValueOrDefault(fate);
            return sum;
        }

        var returned = _tally.Of(Deed.HardBounce, Deed.SoftBounce, Deed.OutOfOffice, Deed.Reply);
        var proxies = _tally.Of(Deed.ProxyOpen);

        var told = Told(mailing);

        // They all come from this machine with one agent: the service tells all of them from people's, or none (Tracking:MppUserAgentOnly).
        var known = settings.Tracking.MppUserAgentOnly || rows["automated_opens"] > 0 ? proxies : 0;
        return new SimulationReport
        {
            Scenario = scenario,
            Client = client.Key,
            File = file.Name,
            MailingId = mailing.MailingId,
            Folder = Out,
            Simulated = Enum.GetValues<Deed>().ToDictionary(deed => JsonNamingPolicy.CamelCase.ConvertName(deed.ToString()), deed => _tally.Of(deed), StringComparer.Ordinal),
            Exported = rows,
            Start = _start,
            Repeatable = own is { WasDelayed: false },
            Files = exported.Files,
            Verdicts = told,
            Checks =
            [
                new("rows of the file", scenario.Recipients, file.Records),
                new("rejected rows", Fated(Fate.Rejected), file.Skipped),
                new("accepted = sum of the ledger's states", mailing.Accepted, counts.Total),
                new("refused by the sink = failed", Fated(Fate.Refused, Fate.Full), counts.Failed),
                new("messages in the sink = sent", _tally.Messages, counts.Sent),
                new("nobody was mailed twice", 0, _tally.Repeated),
                new("requests and mails that were not answered as they should be", 0, _tally.Failed),
                new("mailings file: the mailing", 1, rows["mailings"]),
                new("mailingrecipients file: accepted - suppressed", mailing.Accepted - counts.Suppressed, rows["mailingrecipients"]),
                .. Opens(client.Export.MachineEvents, _tally.Of(Deed.Open) + proxies, known, mailing, rows),
                client.Export.LeavesOutMachineClicks()
                    ? new("clicks file: clicks judged to be people's at the cut-off", told.Filed, rows["clicks"])
                    : new("clicks file: clicks by people and scanners", _tally.Of(Deed.Click, Deed.ScannerClick), rows["clicks"]),
                new("scanners' clicks told from people's (one in twenty may be missed)", told.Scanners, Near(told.Told, told.Scanners)),
                new("people's clicks taken for a machine's (one in twenty may be)", 0, IsUnhurried ? Near(told.Mistaken, 0, told.People) : 0),
                new("unsubscribes file: one-click", _tally.Of(Deed.Unsubscribe), rows["unsubscribes"]),
                new("responses file: refusals, bounces, automatic and human answers", counts.Failed + returned, rows["responses"]),
                new("complaints that block the person", _tally.Of(Deed.Complaint), Number("SELECT COUNT(*) FROM inbound_mail WHERE mailing_id = $1 AND outcome = 4", mailing.MailingId)),
            ],
        };
    }

    private IEnumerable<DemoCheck> Opens(ExportMachineEvents machines, long all, long known, MailingRow mailing, Dictionary<string, long> rows)
    {
        var people = machines == ExportMachineEvents.Include
            ? all - known
            : Number("SELECT COUNT(*) FROM event WHERE mailing_id = $1 AND kind = 1 AND automated = 0 AND COALESCE(filed, 1) = 1", mailing.MailingId);
        yield return new(machines == ExportMachineEvents.Include ? "opens file: opens by people" : "opens file: opens judged to be people's at the cut-off", people, rows["opens"]);
        yield return machines == ExportMachineEvents.Separate
            ? new("automated_opens file: all other opens", all - people, rows["automated_opens"])
            : new("automated_opens file: opens by Apple's proxy", known, rows["automated_opens"]);
    }

    /// <summary>
    /// Which clicks were a scanner's is known here by its browser, which the rules do not look at. In pressed time people behind a gateway are left out: it puts
    /// their clicks among the gateway's, which two days do not.
    /// </summary>
    private SimulatedVerdicts Told(MailingRow mailing)
    {
        const string Scanner = $"e.browser = '{SimulatedDeeds.ScannerBrowser}'";
        const string Person = $"e.browser <> '{SimulatedDeeds.ScannerBrowser}'";
        const string Apart =
            $"""
            {Person} AND NOT EXISTS (SELECT 1 FROM event s WHERE s.mailing_id = e.mailing_id AND s.sequence = e.sequence AND s.kind = 2 AND s.browser = '{SimulatedDeeds.ScannerBrowser}')
            """;
        var person = own is null ? Apart : Person;
        long Clicks(string condition) => Number($"SELECT COUNT(*) FROM event e WHERE e.mailing_id = $1 AND e.kind = 2 AND {condition}", mailing.MailingId);
        return new SimulatedVerdicts(Clicks(Scanner), Clicks(Scanner + " AND e.verdict > 1"), Clicks(person), Clicks(person + " AND e.verdict > 1"), Clicks("COALESCE(e.filed, 1) = 1"));
    }

    /// <summary>Two days in fewer seconds leave people no time that a machine would not take; their verdicts then say nothing.</summary>
    private bool IsUnhurried => own is not null || scenario.OverSeconds >= 15;

    /// <summary>The expected number when the actual one is off by a twentieth, or by one, at most: judging from behaviour is no exact art.</summary>
    private static long Near(long actual, long expected, long? of = null) => Math.Abs(actual - expected) * 20 <= Math.Max(of ?? expected, 20) ? expected : actual;
}
