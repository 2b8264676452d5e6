using ClosedLoop.Intake.Products;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Errors;
using ClosedLoop.Model.Files;

namespace ClosedLoop.Intake.Zones;

/// <summary>
/// What a poller makes of a listing: which files are complete, and which deserve one warning (closed-loop spec section
/// 3.1). Remembers only what it saw last time.
/// </summary>
/// <param name="settings">How long to wait.</param>
/// <param name="forProducts">The names that count are those of product files.</param>
public sealed class FolderWatch(ImportSettings settings, bool forProducts = false)
{
    private readonly HashSet<(string Name, string Code)> _reported = [];
    private readonly Dictionary<string, (ZoneEntry Entry, DateTimeOffset Since)> _seen = new(StringComparer.Ordinal);

    /// <summary>Judges a listing of the folder.</summary>
    public FolderLook Look(IReadOnlyList<ZoneEntry> entries, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var ready = new List<ZoneEntry>();
        var problems = new List<(ZoneEntry Entry, FileProblem Problem)>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var unsettled = new List<string>();
        var waiting = 0;
        foreach (var entry in entries)
        {
            names.Add(entry.Name);
            if (forProducts ? ProductFileName.KindOf(entry.Name) is not null : FinalName.IsFinal(entry.Name))
            {
                waiting++;
                if (IsStable(entry, now)) ready.Add(entry);
                else unsettled.Add(entry.Name);
            }
            else if (forProducts ? ProductFileName.IsNearMiss(entry.Name) : FinalName.IsNearMiss(entry.Name))
            {
                ReportOnce(problems, entry, ErrorCodes.E101, "the name does not begin with a date-time YYYYMMDDHHMMSS; the file is left in place");
            }
            else if (FinalName.IsTemporary(entry.Name) && now - entry.Modified >= TimeSpan.FromHours(settings.StaleTempHours))
            {
                ReportOnce(problems, entry, ErrorCodes.W151, $"the temporary file has not changed for {settings.StaleTempHours} hours (import.staleTempHours)");
            }
        }

        // What has left the folder is forgotten, so that the memory follows the folder and a new file of that name is new.
        _reported.RemoveWhere(r => !names.Contains(r.Name));
        foreach (var gone in _seen.Keys.Where(name => !names.Contains(name)).ToList()) _seen.Remove(gone);
        return new FolderLook(ready, waiting, problems) { Unsettled = unsettled };
    }

    private bool IsStable(ZoneEntry entry, DateTimeOffset now)
    {
        if (settings.StableSeconds == 0) return true;
        if (!_seen.TryGetValue(entry.Name, out var seen) || seen.Entry != entry)
        {
            _seen[entry.Name] = (entry, now);
            return false;
        }

        return now - seen.Since >= TimeSpan.FromSeconds(settings.StableSeconds);
    }

    private void ReportOnce(List<(ZoneEntry Entry, FileProblem Problem)> problems, ZoneEntry entry, ErrorCode code, string message)
    {
        if (_reported.Add((entry.Name, code.Code))) problems.Add((entry, FileProblem.OfFile(code, FileStep.Name, message)));
    }
}
