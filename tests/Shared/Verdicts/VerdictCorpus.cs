using System.Globalization;
using ClosedLoop.Model.Events;
using ClosedLoop.Model.Verdicts;
using ClosedLoop.Responses.Verdicts;

namespace ClosedLoop.Testing.Verdicts;

/// <summary>The labelled corpus, read through the code that looks at real requests.</summary>
internal static class VerdictCorpus
{
    /// <summary>Events of each case, by moment.</summary>
    public static IReadOnlyList<IReadOnlyList<LabelledEvent>> Read()
    {
        using var stream = typeof(VerdictCorpus).Assembly.GetManifestResourceStream("corpus.txt")!;
        using var reader = new StreamReader(stream);
        var cases = new List<List<LabelledEvent>>();
        var name = "";
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith("case ", StringComparison.Ordinal))
            {
                name = line[5..];
                cases.Add([]);
            }
            else if (line.Length > 0 && line[0] != '#')
            {
                cases[^1].Add(Parse(name, line.Split('|', 6)));
            }
        }

        return [.. cases.Select(events => events.OrderBy(labelled => labelled.Event.OccurredAt).ToList())];
    }

    private static LabelledEvent Parse(string name, string[] cells)
    {
        cells = [.. cells.Select(cell => cell.Trim())];
        var facts = cells[4].Split(';');
        var headers = facts.Where(fact => fact.Contains('=', StringComparison.Ordinal)).Select(fact => fact.Split('=')).ToDictionary(pair => pair[0], pair => pair[1].Replace('+', ';'), StringComparer.OrdinalIgnoreCase);
        var flags = (facts.Contains("apple") ? TrackedEventFlags.Automatic : TrackedEventFlags.None) | (RequestSigns.IsPrefetch(headers.GetValueOrDefault) ? TrackedEventFlags.Prefetch : TrackedEventFlags.None);
        var tracked = new TrackedEvent(
            LabelledEvent.KindOf(cells[1]), 1, 1, int.Parse(cells[2], CultureInfo.InvariantCulture),
            LabelledEvent.HandedOver + (long)(double.Parse(cells[3], CultureInfo.InvariantCulture) * 1_000_000), cells[5], Flags: flags);
        var signs = RequestSigns.Of(tracked) | (facts.Contains("crowd") && !cells[5].Contains("Proxy", StringComparison.Ordinal) ? EventSigns.ManyRecipients : EventSigns.None);
        var label = Enum.GetValues<EventVerdict>().Single(verdict => VerdictWords.Of(verdict) == cells[0]);
        return new LabelledEvent(name, label, new JudgedEvent(tracked.Kind, tracked.LinkOrdinal, tracked.OccurredAt, signs));
    }
}
