using System.Globalization;

namespace ClosedLoop.Benchmarks.Optimove;

/// <summary>Milliseconds at percentiles of two runs.</summary>
/// <param name="TriggersPerSecond">Triggers asked for in a second.</param>
/// <param name="Triggers">How many were made.</param>
/// <param name="Mail">From the call leaving to the sink having accepted the mail.</param>
/// <param name="CallsPerSecond">Calls asked for in a second.</param>
/// <param name="Calls">How many were made.</param>
/// <param name="Answer">From the call leaving to its answer, which comes after it is durable.</param>
/// <param name="Lost">Triggers without a mail and calls without 200.</param>
internal sealed record OptimoveReport(int TriggersPerSecond, int Triggers, IReadOnlyDictionary<string, double> Mail, int CallsPerSecond, int Calls, IReadOnlyDictionary<string, double> Answer, int Lost)
{
    public static IReadOnlyDictionary<string, double> Percentiles(IReadOnlyCollection<double> milliseconds)
    {
        var sorted = milliseconds.Order().ToArray();
        if (sorted.Length == 0) return new Dictionary<string, double>(StringComparer.Ordinal);
        double At(double share) => Math.Round(sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))], 1);
        return new SortedDictionary<string, double>(StringComparer.Ordinal) { ["p50"] = At(0.5), ["p90"] = At(0.9), ["p99"] = At(0.99), ["max"] = Math.Round(sorted[^1], 1) };
    }

    public void Print()
    {
        var culture = CultureInfo.InvariantCulture;
        Console.Out.WriteLine(string.Create(culture, $"trigger to accepted mail, {TriggersPerSecond}/s, {Triggers} triggers: {Text(Mail)}"));
        Console.Out.WriteLine(string.Create(culture, $"call to durable answer, {CallsPerSecond}/s, {Calls} calls: {Text(Answer)}"));
        Console.Out.WriteLine(string.Create(culture, $"lost: {Lost}"));
    }

    private static string Text(IReadOnlyDictionary<string, double> percentiles) => string.Join(", ", percentiles.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value} ms")));
}
