using ClosedLoop.Model.Recipients;
using ClosedLoop.Rig.Trials;

namespace ClosedLoop.Rig.Books;

/// <summary>The third book: the eight files of every published run, read with a reader of our own.</summary>
internal static class ExportCheck
{
    public static void Compare(TrialRun run, IReadOnlyDictionary<string, RecipientState> ledger, HashSet<string> lost)
    {
        var books = run.Installation.Books;
        var broken = run.Result.Broken;
        var runs = Enumerable.Range(0, (int)books.Scalar("SELECT COUNT(*) FROM export_run"))
            .Select(i => ExportedRun.Read(books, books.Scalar("SELECT run_id FROM export_run ORDER BY run_id LIMIT 1 OFFSET $1", i), run.Installation.Folder("out"))).ToList();
        var log = new Dictionary<string, (string Sending, string Delivery)>(StringComparer.OrdinalIgnoreCase);
        foreach (var row in runs.SelectMany(each => each.Rows("mailingrecipients")))
        {
            if (!log.TryAdd(row["userId"], (row["sendingStatus"], row["deliveryStatus"]))) broken.Add($"the export has {row["userId"]} twice");
        }

        foreach (var (address, state) in ledger)
        {
            var expected = state switch
            {
                RecipientState.Sent => ("sent", "OK"),
                RecipientState.Failed => ("could_not_be_sent", "HARD"),
                _ => ("could_not_be_sent", ""),
            };
            if (!log.TryGetValue(address, out var found)) lost.Add(address);
            else if (state != RecipientState.Failed ? found != expected : found.Sending != expected.Item1) broken.Add($"{address} is {state}; the export says {found.Sending} {found.Delivery}");
        }

        foreach (var address in log.Keys.Where(address => !ledger.ContainsKey(address))) broken.Add($"the export has {address}, who is not in the ledger");
        var bounced = runs.SelectMany(each => each.Rows("responses")).Select(row => row["userId"]).Order(StringComparer.OrdinalIgnoreCase);
        if (!bounced.SequenceEqual(ledger.Where(entry => entry.Value == RecipientState.Failed).Select(entry => entry.Key).Order(StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase))
            broken.Add("the responses of the export are not those whom the sink refused");
        Clicks(run, runs.SelectMany(each => each.Rows("clicks")).CountBy(row => row["userId"]).ToDictionary(StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>A click whose answer the kill cut off may have been recorded before.</summary>
    private static void Clicks(TrialRun run, Dictionary<string, int> exported)
    {
        foreach (var (address, asked) in run.Readers.Asked)
        {
            var (answered, found) = (run.Readers.Redirected.GetValueOrDefault(address), exported.GetValueOrDefault(address));
            if (found < answered || found > asked) run.Result.Broken.Add($"{address} clicked {asked} times and was answered {answered} times; the export says {found}");
        }
    }
}
