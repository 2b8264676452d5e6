using System.Globalization;
using System.Text.Json;

namespace ClosedLoop.Silo.Proofs;

internal sealed partial class ProofVerifier
{
    /// <summary>Everything that must add up in the document itself.</summary>
    private void CheckSums(JsonElement root)
    {
        var (counts, mailing) = (root.GetProperty("counts"), root.GetProperty("mailing"));
        long Count(string state) => counts.GetProperty(state).GetInt64();
        var accepted = Count("accepted");
        var sum = ProofText.States.Sum(Count);
        if (sum != accepted) Add("CL3243", string.Create(CultureInfo.InvariantCulture, $"accepted {accepted}, the states together {sum}"));
        if (mailing.GetProperty("state").GetString() == "Finished" && Count("waiting") + Count("sending") > 0) Add("CL3243", "finished, with recipients who have no outcome");
        if (mailing.GetProperty("purgedAt").ValueKind == JsonValueKind.Null) CheckEntries(root, mailing.GetProperty("recipientBase").GetInt64(), accepted, Count);
        if (root.GetProperty("file") is { ValueKind: JsonValueKind.Object } file) CheckFile(file, mailing.GetProperty("id").GetInt64(), accepted);
    }

    private void CheckEntries(JsonElement root, long recipientBase, long accepted, Func<string, long> count)
    {
        var tally = ProofText.States.ToDictionary(state => state, _ => 0L, StringComparer.Ordinal);
        var next = 0L;
        foreach (var entry in root.GetProperty("ledger").GetProperty("entries").EnumerateArray())
        {
            var (sequence, state) = (entry.GetProperty("sequence").GetInt64(), entry.GetProperty("state").GetString()!);
            if (sequence != next) Add("CL3243", string.Create(CultureInfo.InvariantCulture, $"entry {next} has sequence {sequence}: recipients are missing or there twice"));
            next = sequence + 1;
            if (entry.GetProperty("recipientId").GetInt64() != recipientBase + sequence) Add("CL3243", string.Create(CultureInfo.InvariantCulture, $"recipient {sequence} has another recipientId than its place gives"));
            if (!tally.TryGetValue(state, out var known)) Add("CL3243", string.Create(CultureInfo.InvariantCulture, $"recipient {sequence} has state '{state}', which there is not"));
            else tally[state] = known + 1;
            if (state == "sent" && entry.GetProperty("attempt").GetInt64() < 1) Add("CL3243", string.Create(CultureInfo.InvariantCulture, $"recipient {sequence} is sent without an attempt"));
        }

        if (next != accepted) Add("CL3243", string.Create(CultureInfo.InvariantCulture, $"accepted {accepted}, {next} entries"));
        foreach (var (state, entries) in tally.Where(pair => pair.Value != count(pair.Key)))
            Add("CL3243", string.Create(CultureInfo.InvariantCulture, $"{count(state)} {state} by the counts, {entries} by the entries"));
    }

    private void CheckFile(JsonElement file, long mailing, long accepted)
    {
        long Number(string name) => file.GetProperty(name).GetInt64();
        if (Number("records") != Number("imported") + Number("skipped"))
            Add("CL3243", string.Create(CultureInfo.InvariantCulture, $"the file has {Number("records")} records, {Number("imported")} imported and {Number("skipped")} skipped"));
        var mailings = file.GetProperty("mailings").EnumerateArray().Select(other => (Id: other.GetProperty("id").GetInt64(), Accepted: other.GetProperty("accepted").GetInt64())).ToList();
        if (mailings.Sum(other => other.Accepted) != Number("imported")) Add("CL3243", "the mailings of the file together have not accepted what was imported");
        if (!mailings.Contains((mailing, accepted))) Add("CL3243", "the file does not name this mailing with what it accepted");
    }
}
