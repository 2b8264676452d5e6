using System.Globalization;
using ClosedLoop.Data.Exports;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;

namespace ClosedLoop.Responses.Export;

/// <summary>File names of a run from the patterns of <c>export.names</c> (spec section 17.1).</summary>
internal sealed class ExportFileNames
{
    private const string Date = "{yyyyMMdd}";
    private const string TimeOfDay = "{HHmmss}";

    private readonly Dictionary<string, string> _patterns = [];
    private readonly TimeZoneInfo _zone;
    private readonly bool _withTime;

    /// <exception cref="ExportException">CL7003: the patterns do not give eight distinct names for each day.</exception>
    public ExportFileNames(ExportSettings settings)
    {
        _zone = ExportFormat.ZoneOf(settings);
        foreach (var table in ExportTable.All) _patterns.Add(table.Key, $"{Date}_{table.Key}.csv");
        foreach (var (key, pattern) in settings.Names)
        {
            if (!_patterns.ContainsKey(key))
            {
                throw new ExportException("CL7003",
                    $"export.names has '{key}', which is none of {string.Join(", ", ExportTable.All.Select(table => table.Key))}.");
            }

            _patterns[key] = Checked(key, pattern);
        }

        if (_patterns.Values.Distinct(StringComparer.OrdinalIgnoreCase).Count() < _patterns.Count)
            throw new ExportException("CL7003", "export.names gives two tables the same name; each of the eight files needs its own.");
        _withTime = _patterns.Values.All(pattern => pattern.Contains(TimeOfDay, StringComparison.Ordinal));
    }

    /// <summary>
    /// Label of a cut-off: its local date; with the time when the names carry it, or when the date is taken by an earlier
    /// run, because published files are never altered.
    /// </summary>
    public string Label(long cut, int attempt)
    {
        var local = TimeZoneInfo.ConvertTime(Instants.FromMicroseconds(cut), _zone);
        return (_withTime ? attempt + 1 : attempt) switch
        {
            0 => local.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
            1 => local.ToString("yyyyMMdd_HHmmss", CultureInfo.InvariantCulture),
            var n => local.ToString("yyyyMMdd_HHmmss_", CultureInfo.InvariantCulture) + n.ToString(CultureInfo.InvariantCulture),
        };
    }

    public string NameOf(ExportTable table, ExportRun run)
    {
        var pattern = _patterns[table.Key];
        if (!pattern.Contains(TimeOfDay, StringComparison.Ordinal)) return pattern.Replace(Date, run.Label, StringComparison.Ordinal);
        var time = run.Label.Length > 9 ? run.Label[9..]
            : TimeZoneInfo.ConvertTime(Instants.FromMicroseconds(run.CutTo), _zone).ToString("HHmmss", CultureInfo.InvariantCulture);
        return pattern.Replace(Date, run.Label[..8], StringComparison.Ordinal).Replace(TimeOfDay, time, StringComparison.Ordinal);
    }

    private static string Checked(string key, string pattern)
    {
        if (!pattern.Contains(Date, StringComparison.Ordinal))
            throw new ExportException("CL7003", $"export.names.{key} is '{pattern}'; expected {Date} in it, or every day would write the same file.");
        if (pattern.AsSpan().ContainsAny('/', '\\', '\0') || pattern.StartsWith('.'))
            throw new ExportException("CL7003", $"export.names.{key} is '{pattern}'; expected a plain file name that does not begin with a dot.");
        return pattern;
    }
}
