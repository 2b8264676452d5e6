using System.Globalization;
using ClosedLoop.Data.Exports;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;
using ClosedLoop.Responses.Export.Manifests;

namespace ClosedLoop.Responses.Export;

/// <summary>File names of a run from the patterns of <c>export.names</c> (spec section 17.1).</summary>
internal sealed class ExportFileNames
{
    private const string Date = "{yyyyMMdd}";
    private const string TimeOfDay = "{HHmmss}";
    private const string DateTime = "{yyyyMMddHHmmss}";

    private readonly Dictionary<string, string> _patterns = [];
    private readonly TimeZoneInfo _zone;

    /// <exception cref="ExportException">CL7003: the patterns do not give distinct names for each day.</exception>
    public ExportFileNames(ExportSettings settings)
    {
        _zone = ExportFormat.ZoneOf(settings);
        foreach (var table in ExportTable.All) _patterns.Add(table.Key, $"{Date}_{table.Key}.csv");
        _patterns.Add(ManifestDocument.Key, $"{Date}_{ManifestDocument.Key}.json");
        foreach (var (key, pattern) in settings.Names)
        {
            if (!_patterns.ContainsKey(key)) throw new ExportException("CL7003", $"export.names has '{key}', which is none of {Keys}.");
            _patterns[key] = Checked(key, pattern).Replace(DateTime, Date + TimeOfDay, StringComparison.Ordinal);
        }

        if (!settings.Manifest) _patterns.Remove(ManifestDocument.Key);
        if (_patterns.Values.Distinct(StringComparer.OrdinalIgnoreCase).Count() < _patterns.Count)
            throw new ExportException("CL7003", "export.names gives two tables the same name; each file of a set needs its own.");
        HaveTime = _patterns.Values.All(pattern => pattern.Contains(TimeOfDay, StringComparison.Ordinal));
    }

    /// <summary>What a name can be given for.</summary>
    public static string Keys => string.Join(", ", [.. ExportTable.All.Select(table => table.Key), ManifestDocument.Key]);

    /// <summary>Whether every name holds the time of day.</summary>
    public bool HaveTime { get; }

    /// <summary>
    /// Label of a cut-off: its local date; with the time when the names carry it, or when the date is taken by an earlier
    /// run, because published files are never altered.
    /// </summary>
    public string Label(long cut, int attempt)
    {
        var local = TimeZoneInfo.ConvertTime(Instants.FromMicroseconds(cut), _zone);
        return (HaveTime ? attempt + 1 : attempt) switch
        {
            0 => local.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
            1 => local.ToString("yyyyMMdd_HHmmss", CultureInfo.InvariantCulture),
            var n => local.ToString("yyyyMMdd_HHmmss_", CultureInfo.InvariantCulture) + n.ToString(CultureInfo.InvariantCulture),
        };
    }

    /// <param name="key">A table, or the manifest.</param>
    /// <param name="run">The run.</param>
    public string NameOf(string key, ExportRun run)
    {
        var pattern = _patterns[key];
        if (!pattern.Contains(TimeOfDay, StringComparison.Ordinal)) return pattern.Replace(Date, run.Label, StringComparison.Ordinal);
        var time = run.Label.Length > 9 ? run.Label[9..]
            : TimeZoneInfo.ConvertTime(Instants.FromMicroseconds(run.CutTo), _zone).ToString("HHmmss", CultureInfo.InvariantCulture);
        return pattern.Replace(Date, run.Label[..8], StringComparison.Ordinal).Replace(TimeOfDay, time, StringComparison.Ordinal);
    }

    private static string Checked(string key, string pattern)
    {
        if (!pattern.Contains(Date, StringComparison.Ordinal) && !pattern.Contains(DateTime, StringComparison.Ordinal))
            throw new ExportException("CL7003", $"export.names.{key} is '{pattern}'; expected {Date} in it, or every day would write the same file.");
        if (pattern.AsSpan().ContainsAny('/', '\\', '\0') || pattern.StartsWith('.'))
            throw new ExportException("CL7003", $"export.names.{key} is '{pattern}'; expected a plain file name that does not begin with a dot.");
        return pattern;
    }
}
