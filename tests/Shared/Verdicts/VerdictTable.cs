using System.Globalization;
using ClosedLoop.Model.Verdicts;

namespace ClosedLoop.Testing.Verdicts;

/// <summary>Labels of the corpus beside what the rules say.</summary>
internal sealed class VerdictTable
{
    private readonly Dictionary<(EventVerdict Label, EventVerdict Judged), int> _counts = [];

    private VerdictTable(int cases) => Cases = cases;

    public int Cases { get; }

    public int Events => _counts.Values.Sum();

    /// <summary>What was judged wrong, one line each.</summary>
    public List<string> Wrong { get; } = [];

    public static VerdictTable OfCorpus()
    {
        var corpus = VerdictCorpus.Read();
        var table = new VerdictTable(corpus.Count);
        foreach (var events in corpus)
        {
            JudgedEvent[] recipient = [.. events.Select(labelled => labelled.Event)];
            foreach (var labelled in events)
            {
                var judged = VerdictRules.Judge(labelled.Event, LabelledEvent.HandedOver, recipient);
                table._counts[(labelled.Label, judged.Verdict)] = table._counts.GetValueOrDefault((labelled.Label, judged.Verdict)) + 1;
                if (judged.Verdict != labelled.Label)
                    table.Wrong.Add($"{labelled.Case}: {labelled.Event.Kind} is {VerdictWords.Of(labelled.Label)}, judged {VerdictWords.Line(judged.Verdict, judged.Score, judged.Signs)}");
            }
        }

        return table;
    }

    /// <summary>Of those judged to be this, the part that is.</summary>
    public double Precision(EventVerdict verdict) => Part(verdict, key => key.Judged == verdict);

    /// <summary>Of those that are this, the part judged to be.</summary>
    public double Recall(EventVerdict verdict) => Part(verdict, key => key.Label == verdict);

    public void Write(TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Cases} cases, {Events} events, rules {VerdictRules.Version}"));
        output.WriteLine("verdict         labelled  precision  recall");
        foreach (var verdict in Enum.GetValues<EventVerdict>())
        {
            var labelled = _counts.Where(pair => pair.Key.Label == verdict).Sum(pair => pair.Value);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{VerdictWords.Of(verdict),-15} {labelled,8} {Precision(verdict) * 100,9:F1}% {Recall(verdict) * 100,6:F1}%"));
        }

        foreach (var wrong in Wrong) output.WriteLine("wrong: " + wrong);
    }

    private double Part(EventVerdict verdict, Func<(EventVerdict Label, EventVerdict Judged), bool> among)
    {
        var all = _counts.Where(pair => among(pair.Key)).Sum(pair => pair.Value);
        return all == 0 ? 0 : (double)_counts.GetValueOrDefault((verdict, verdict)) / all;
    }
}
