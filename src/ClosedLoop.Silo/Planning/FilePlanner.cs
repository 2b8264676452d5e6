using System.Globalization;
using System.Text;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Files;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Privacy;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Delivery.Rendering;
using ClosedLoop.Intake.Subscribers;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Model.Clients;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Planning;

/// <summary>Reads a file with the server's own reader against the server's own lists, and imports nothing.</summary>
internal sealed class FilePlanner(OfflineStore store, ClientDefinition client, PlanLimits limits)
{
    private const int MostProblems = 20;

    private readonly Dictionary<string, long> _leftOut = new(StringComparer.Ordinal);
    private readonly List<(string Why, long Source, string Address, byte[] Fields)> _chosen = [];

    public FilePlan Run(string path, string? samples, int count, CancellationToken cancellation)
    {
        var sources = store.Get<DefinitionStore>().Sources().Select(source => source.Value).ToDictionary(source => source.Id);
        using var validator = new SubscribersValidator(
            client, id => SourceVerdict.Of(sources.GetValueOrDefault(id), client), (source, wave) => store.Get<FileRegister>().WaveWasUsed(source, wave, 0),
            BlockedAddresses.Of(store.Get<Blocklist>(), store.Get<ErasedPeople>(), client.Id));
        var last = store.Get<LastFileReader>().Find(client.Id);
        var before = new HashSet<string>(StringComparer.Ordinal);
        var emptyBefore = new EmptyCount(client.List);
        if (last is { } one)
        {
            foreach (var (address, fields) in store.Get<LastFileReader>().Recipients(one.FileId))
            {
                before.Add(StandingReader.Folded(address));
                if (fields.Length > 0) emptyBefore.Add(fields);
            }
        }

        var (people, empty) = (new HashSet<string>(StringComparer.Ordinal), new EmptyCount(client.List));
        var accepted = ReadRows(path, validator, people, empty, count, cancellation);
        var validation = validator.End();
        var (now, then) = (empty.Percent(), emptyBefore.Percent());
        var difference = last is not { } previous ? null : new PlanDifference(
            previous.Name, previous.Imported, Math.Round(100.0 * (accepted - previous.Imported) / previous.Imported, 1), people.Count(person => !before.Contains(person)), before.Count(person => !people.Contains(person)),
            now.Where(column => column.Value > then[column.Key]).ToDictionary(column => column.Key, column => Math.Round(column.Value - then[column.Key], 1), StringComparer.Ordinal));
        var problems = validation.Problems.Errors.Concat(validation.Problems.Warnings).Take(MostProblems)
            .Select(problem => string.Create(CultureInfo.InvariantCulture, $"{problem.Code.Code} line {problem.Line}: {problem.Message}"));
        return new FilePlan(
            path, validation.Records, validation.Accepted, validation.Skipped, accepted - _leftOut.Values.Sum(), Skipped(validation),
            [.. validation.Groups.Select(group => new PlannedGroup(group.SourceId, group.WaveId, sources.GetValueOrDefault(group.SourceId)?.Name, group.Net))],
            now, difference, [.. problems], [.. Rails(path, validation, difference)], samples is null ? [] : Write(samples, sources));
    }

    private long ReadRows(string path, SubscribersValidator validator, HashSet<string> people, EmptyCount empty, int count, CancellationToken cancellation)
    {
        var standing = store.Get<StandingReader>().LeftOut(client.Id, client.Bounce.HardLimit, client.Bounce.SoftLimit);
        using var stream = File.OpenRead(path);
        validator.Begin(stream);
        using var block = new RecipientBlock();
        var (accepted, more) = (0L, true);
        while (more)
        {
            block.Clear();
            more = validator.Read(block, RecipientLedger.ImportBlock, cancellation);
            foreach (ref readonly var row in block.Rows)
            {
                var address = Encoding.UTF8.GetString(block.Address(row));
                var folded = StandingReader.Folded(address);
                people.Add(folded);
                accepted++;
                if (standing.TryGetValue(folded, out var code)) _leftOut[code] = _leftOut.GetValueOrDefault(code) + 1;
                var first = empty.Add(block.Fields(row));
                if (first < 0 && _chosen.Count >= count) continue;
                var why = first >= 0 ? "empty-" + client.List.Fields[first].Name : string.Create(CultureInfo.InvariantCulture, $"{_chosen.Count + 1:000}");
                _chosen.Add((why, validator.Groups[row.Group].SourceId, address, block.Fields(row).ToArray()));
            }
        }

        return accepted;
    }

    private Dictionary<string, long> Skipped(FileValidation validation)
    {
        var codes = new Dictionary<string, long>(_leftOut, StringComparer.Ordinal);
        foreach (var problem in validation.Problems.Warnings.Where(problem => problem.Code.Code is "W203" or "W207" or "W210")) codes[problem.Code.Code] = codes.GetValueOrDefault(problem.Code.Code) + 1;
        return codes;
    }

    private IEnumerable<string> Rails(string path, FileValidation validation, PlanDifference? difference)
    {
        if (!FinalName.IsFinal(Path.GetFileName(path))) yield return "name: it is not YYYYMMDDHHMMSS_subscribers.csv; closedloop drop gives it one";
        foreach (var code in validation.Problems.Errors.Where(problem => problem.Code.Code is "E302" or "E303" or "E304" or "E305" or "E306").Select(problem => problem.Group).Distinct())
            yield return string.Create(CultureInfo.InvariantCulture, $"source: mailing {code} cannot be used");
        if (difference is null) yield break;
        if (Math.Abs(difference.ChangePercent) > limits.RowsPercent)
            yield return string.Create(CultureInfo.InvariantCulture, $"rows: {difference.ChangePercent:+0.#;-0.#} % recipients against {difference.File}; ±{limits.RowsPercent} % is allowed");
        foreach (var (column, points) in difference.Emptier.Where(column => column.Value > limits.EmptyPoints))
            yield return string.Create(CultureInfo.InvariantCulture, $"empty: {points} points more values of {column} are empty than in {difference.File}; {limits.EmptyPoints} are allowed");
    }

    private List<string> Write(string folder, Dictionary<long, Model.Mailings.SourceMailing> sources)
    {
        Directory.CreateDirectory(folder);
        var written = new List<string>();
        foreach (var (why, source, address, fields) in _chosen)
        {
            var path = Path.Combine(folder, $"{why}.eml");
            try
            {
                AtomicFile.Write(path, stream => stream.Write(SampleMessage.Make(sources[source], client, address, fields, store.Get<MailingStore>().ReadFile, DateTimeOffset.UtcNow)));
                written.Add(path);
            }
            catch (Exception e) when (e is InvalidOperationException or Liquid.LiquidException or Mail.MailFormatException or InvalidDataException)
            {
                written.Add($"no sample {why}: {e.Message}");
            }
        }

        return written;
    }
}
