using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace ClosedLoop.Silo.Telemetry;

/// <summary>One instrument and its series, in the text form of Prometheus (exposition format 0.0.4).</summary>
internal sealed class MetricFamily
{
    /// <summary>Series of one instrument; more are not kept, because labels that are many are a mistake.</summary>
    public const int MostSeries = 500;

    private static readonly double[] DefaultBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    /// <summary>Longest text of labels that is looked for without making a string of it first, in characters.</summary>
    private const int Shortcut = 256;

    private readonly ConcurrentDictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, MetricSeries>.AlternateLookup<ReadOnlySpan<char>> _known;
    private readonly string _help;
    private readonly string _type;
    private readonly IReadOnlyList<double> _bounds = [];

    public MetricFamily(Instrument instrument)
    {
        _known = _series.GetAlternateLookup<ReadOnlySpan<char>>();
        var kind = instrument.GetType().GetGenericTypeDefinition();
        IsHistogram = kind == typeof(Histogram<>);
        IsObserved = instrument.IsObservable;
        var isCounter = kind == typeof(Counter<>) || kind == typeof(ObservableCounter<>);
        _type = IsHistogram ? "histogram" : isCounter ? "counter" : "gauge";
        if (IsHistogram) _bounds = (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries ?? DefaultBounds;
        _help = instrument.Description ?? "";
        Name = NameOf(instrument.Name, instrument.Unit, isCounter);
    }

    public string Name { get; }

    private bool IsHistogram { get; }

    private bool IsObserved { get; }

    public static string NameOf(string instrument, string? unit, bool isCounter)
    {
        var name = new StringBuilder(instrument.Length + 16);
        foreach (var c in instrument) name.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        var suffix = unit switch { "s" => "_seconds", "ms" => "_milliseconds", "By" => "_bytes", _ => "" };
        if (suffix.Length > 0 && !name.ToString().EndsWith(suffix, StringComparison.Ordinal)) name.Append(suffix);
        if (isCounter) name.Append("_total");
        return name.ToString();
    }

    public void Take(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        // Twice for each message: a series that is known is found without any garbage.
        Span<char> text = stackalloc char[Shortcut];
        if (!TryWriteLabels(tags, text, out var length) || !_known.TryGetValue(text[..length], out var series))
        {
            var labels = Labels(tags);
            if (!_series.TryGetValue(labels, out series))
            {
                if (_series.Count >= MostSeries) return;
                series = _series.GetOrAdd(labels, static (key, bounds) => new MetricSeries(key, bounds), _bounds);
            }
        }

        if (IsHistogram) series.Observe(value);
        else if (IsObserved) series.Set(value);
        else series.Add(value);
    }

    public void Write(TextWriter output)
    {
        if (_series.IsEmpty) return;
        output.Write($"# HELP {Name} {_help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\n# TYPE {Name} {_type}\n");
        foreach (var series in _series.Values.OrderBy(series => series.Labels, StringComparer.Ordinal))
        {
            var now = series.Read();
            if (IsHistogram) WriteHistogram(output, series.Labels, now.Sum, now.Count, now.Buckets);
            else Line(output, Name, series.Labels, IsObserved ? now.Last : now.Sum);
        }
    }

    private void WriteHistogram(TextWriter output, string labels, double sum, long count, long[] buckets)
    {
        var cumulated = 0L;
        for (var i = 0; i < buckets.Length; i++)
        {
            cumulated += buckets[i];
            var bound = i < _bounds.Count ? _bounds[i].ToString("R", CultureInfo.InvariantCulture) : "+Inf";
            Line(output, Name + "_bucket", labels.Length == 0 ? $"le=\"{bound}\"" : $"{labels},le=\"{bound}\"", cumulated);
        }

        Line(output, Name + "_sum", labels, sum);
        Line(output, Name + "_count", labels, count);
    }

    private static void Line(TextWriter output, string name, string labels, double value) =>
        output.Write($"{name}{(labels.Length == 0 ? "" : "{" + labels + "}")} {value.ToString("R", CultureInfo.InvariantCulture)}\n");

    /// <summary>The same text as <see cref="Labels"/> when all values are plain words; <c>false</c> when it has to be made the long way.</summary>
    private static bool TryWriteLabels(ReadOnlySpan<KeyValuePair<string, object?>> tags, Span<char> text, out int length)
    {
        length = 0;
        foreach (var (key, value) in tags)
        {
            if (value is not string word || length + key.Length + word.Length + 4 > text.Length || word.AsSpan().ContainsAny('\\', '"', '\n')) return false;
            if (length > 0) text[length++] = ',';
            foreach (var c in key) text[length++] = char.IsAsciiLetterOrDigit(c) ? c : '_';
            text[length++] = '=';
            text[length++] = '"';
            word.CopyTo(text[length..]);
            length += word.Length;
            text[length++] = '"';
        }

        return true;
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty) return "";
        var text = new StringBuilder();
        foreach (var (key, value) in tags)
        {
            if (text.Length > 0) text.Append(',');
            foreach (var c in key) text.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
            text.Append("=\"").Append(Convert.ToString(value, CultureInfo.InvariantCulture)?.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('"');
        }

        return text.ToString();
    }
}
