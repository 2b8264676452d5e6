using System.Globalization;
using System.Text.Json;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Exports;

namespace ClosedLoop.Operations.Reading;

/// <summary>Export runs.</summary>
internal sealed class ExportsReader(Tables tables, ExportRunStore runs, DefinitionStore definitions)
{
    /// <summary>Newest first, those with a lower number than <paramref name="before"/>.</summary>
    public Page<ExportLine> Page(long? clientId, long before, int limit)
    {
        var ids = tables.Read(
            "SELECT run_id FROM export_run WHERE run_id < $1 AND ($2 = '' OR scope = $2) ORDER BY run_id DESC LIMIT $3",
            reader => reader.GetInt64(0), before, clientId?.ToString(CultureInfo.InvariantCulture) ?? "", limit + 1);
        var page = Page<long>.Of(ids, limit, id => id);
        return new Page<ExportLine>(Lines(page.Items), page.Next);
    }

    public ExportLine? Find(long runId) => runs.Find(runId) is null ? null : Lines([runId])[0];

    /// <summary>Runs of a client whose period touches a stretch of time.</summary>
    public IReadOnlyList<ExportLine> Between(long clientId, long from, long to, int limit) => Lines(tables.Read(
        "SELECT run_id FROM export_run WHERE scope = $1 AND cut_to >= $2 AND cut_from <= $3 ORDER BY run_id LIMIT $4",
        reader => reader.GetInt64(0), clientId.ToString(CultureInfo.InvariantCulture), from, to, limit));

    private List<ExportLine> Lines(IReadOnlyList<long> ids)
    {
        var keys = definitions.Clients().ToDictionary(client => client.Value.Id, client => client.Value.Key);
        return [.. ids.Select(id => runs.Find(id)!).Select(run => new ExportLine(run, keys.GetValueOrDefault(run.ClientId, "?"), Files(run.Manifest)))];
    }

    private static List<ExportFileLine> Files(string? manifest)
    {
        if (manifest is null) return [];
        using var json = JsonDocument.Parse(manifest);
        return [.. json.RootElement.GetProperty("files").EnumerateArray().Select(file => new ExportFileLine(
            file.GetProperty("table").GetString()!, file.GetProperty("name").GetString()!, file.GetProperty("rows").GetInt64(), file.GetProperty("bytes").GetInt64(), file.GetProperty("sha256").GetString()!))];
    }
}
