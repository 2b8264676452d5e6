using System.Globalization;
using System.Text;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Files;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Privacy;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Delivery.Rendering;
using ClosedLoop.Intake.Guards;
using ClosedLoop.Intake.Subscribers;
using ClosedLoop.Model.Clients;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Planning;

/// <summary>Reads a file with the server's own reader against the server's own lists, and imports nothing.</summary>
internal sealed class FilePlanner(OfflineStore store, ClientDefinition client, ImportGuards guards, long twoPeopleAbove)
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
        var comparison = new FileComparison(client, store.Get<LastFileReader>(), store.Get<DefinitionStore>());
        var people = new HashSet<string>(StringComparer.Ordinal);
        ReadRows(path, validator, people, comparison, count, cancellation);
        var (validation, before) = (validator.End(), new HashSet<string>(StringComparer.Ordinal));
        var difference = comparison.End(address => before.Add(StandingReader.Folded(address)));
        var last = difference is null ? null : new PlanDifference(
            difference.File, difference.Recipients, difference.ChangePercent, people.Count(person => !before.Contains(person)), before.Count(person => !people.Contains(person)), difference.Emptier);
        List<string> rails = [.. GuardRails.Crossed(Path.GetFileName(path), validation, difference, guards)];
        if (GuardRails.People(validation.Accepted, twoPeopleAbove) is { } two) rails.Add(two);
        var problems = validation.Problems.Errors.Concat(validation.Problems.Warnings).Take(MostProblems)
            .Select(problem => string.Create(CultureInfo.InvariantCulture, $"{problem.Code.Code} line {problem.Line}: {problem.Message}"));
        return new FilePlan(
            path, validation.Records, validation.Accepted, validation.Skipped, comparison.Recipients - _leftOut.Values.Sum(), Skipped(validation),
            [.. validation.Groups.Select(group => new PlannedGroup(group.SourceId, group.WaveId, sources.GetValueOrDefault(group.SourceId)?.Name, group.Net))],
            comparison.Empty, last, [.. problems], rails, samples is null ? [] : Write(samples, sources));
    }

    private void ReadRows(string path, SubscribersValidator validator, HashSet<string> people, FileComparison comparison, int count, CancellationToken cancellation)
    {
        var standing = store.Get<StandingReader>().LeftOut(client.Id, client.Bounce.HardLimit, client.Bounce.SoftLimit);
        using var stream = File.OpenRead(path);
        validator.Begin(stream);
        using var block = new RecipientBlock();
        var more = true;
        while (more)
        {
            block.Clear();
            more = validator.Read(block, RecipientLedger.ImportBlock, cancellation);
            foreach (ref readonly var row in block.Rows)
            {
                var address = Encoding.UTF8.GetString(block.Address(row));
                var folded = StandingReader.Folded(address);
                people.Add(folded);
                if (standing.TryGetValue(folded, out var code)) _leftOut[code] = _leftOut.GetValueOrDefault(code) + 1;
                var first = comparison.Add(block.Fields(row));
                if (first < 0 && _chosen.Count >= count) continue;
                var why = first >= 0 ? "empty-" + client.List.Fields[first].Name : string.Create(CultureInfo.InvariantCulture, $"{_chosen.Count + 1:000}");
                _chosen.Add((why, validator.Groups[row.Group].SourceId, address, block.Fields(row).ToArray()));
            }
        }
    }

    private Dictionary<string, long> Skipped(FileValidation validation)
    {
        var codes = new Dictionary<string, long>(_leftOut, StringComparer.Ordinal);
        foreach (var problem in validation.Problems.Warnings.Where(problem => problem.Code.Code is "W203" or "W207" or "W210")) codes[problem.Code.Code] = codes.GetValueOrDefault(problem.Code.Code) + 1;
        return codes;
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
