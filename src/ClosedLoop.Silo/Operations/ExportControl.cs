using System.Text.Json;
using ClosedLoop.Data.Exports;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;
using ClosedLoop.Operations.Ports;
using ClosedLoop.Responses.Export;

namespace ClosedLoop.Silo.Operations;

/// <summary>The response export of the station that writes it.</summary>
internal sealed class ExportControl(ExportService exports, ExportRunStore runs, TimeProvider time) : IExportControl
{
    public long? NextCut(ClientDefinition client) => client.Export.Enabled ? ExportTiming.NextCut(client.Export, time.NowMicroseconds()) : null;

    public async Task<RebuiltExport> RebuildAsync(long runId, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("closedloop-rebuild-").FullName;
        try
        {
            var rebuilt = await exports.RebuildAsync(runId, folder, cancellation);
            var published = JsonSerializer.Deserialize<ExportManifest>(runs.Find(runId)!.Manifest!, JsonSerializerOptions.Web)!;
            var known = published.Files.ToDictionary(file => file.Table, file => file.Sha256, StringComparer.Ordinal);
            var different = rebuilt.Files.Where(file => known.GetValueOrDefault(file.Table) != file.Sha256).Select(file => file.Table).Concat(known.Keys.Except(rebuilt.Files.Select(file => file.Table), StringComparer.Ordinal)).ToList();
            return new RebuiltExport(different.Count == 0, different, rebuilt.Files.Count);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public async Task<(bool Done, string Text)> RedeliverAsync(long runId, CancellationToken cancellation)
    {
        try
        {
            var put = await exports.RedeliverAsync(runId, cancellation);
            return (true, put.Count == 0 ? "all files stood in out/ and were left as they are" : $"put back: {string.Join(", ", put)}");
        }
        catch (ExportException e)
        {
            return (false, e.Message);
        }
    }

    public ExportPlace PlaceOf(ClientDefinition client, IEnumerable<string> names)
    {
        var folder = exports.FolderOf(client);
        return client.Sftp.Host is { } host
            ? new ExportPlace($"{host}:{client.Folders.Out}", Standing: null)
            : new ExportPlace(folder, names.Where(name => File.Exists(Path.Combine(folder, name))).ToHashSet(StringComparer.Ordinal));
    }
}
