using System.Globalization;
using System.Text.Json;
using ClosedLoop.Data.Exports;
using ClosedLoop.Model;

namespace ClosedLoop.Responses.Export;

/// <summary>Delivering a published run once more, and looking where its files are.</summary>
public sealed partial class ExportService
{
    /// <summary>Writes a published run's files again and puts those back that are not in <c>out/</c> any more, here and on the client's server.</summary>
    /// <returns>Names of the files that were put back here; those that stand there were left alone.</returns>
    /// <exception cref="ExportException">CL7006: what was written again is not what was published, or the run is not published; nothing was delivered.</exception>
    public async Task<IReadOnlyList<string>> RedeliverAsync(long runId, CancellationToken cancellation = default)
    {
        using var counted = _drain?.Begin("exports");
        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var run = _runs.Find(runId) ?? throw new KeyNotFoundException($"CL7005: export run {runId} does not exist.");
            if (run.Manifest is not { } manifest) throw new ExportException("CL7006", string.Create(CultureInfo.InvariantCulture, $"export run {runId} is not published yet; it is delivered when it is."));
            var published = JsonSerializer.Deserialize<ExportManifest>(manifest, DefinitionJson.Options)!;
            var put = new List<string>();
            var set = await Task.Run(() => PublishAgain(run, published, put, cancellation), CancellationToken.None).ConfigureAwait(false);
            if (_outlet is not null) await _outlet.DeliverAsync(Current(run), FolderOf(Current(run)), set.InOrder, cancellation).ConfigureAwait(false);
            return put;
        }
        finally
        {
            _one.Release();
        }
    }

    private WrittenSet PublishAgain(ExportRun run, ExportManifest published, List<string> put, CancellationToken cancellation)
    {
        var folder = FolderOf(Current(run));
        Directory.CreateDirectory(folder);
        var set = _set.Write(run, AtCutOff(run), NamesOf(run), name => Path.Combine(folder, ExportPublisher.TemporaryName(name)), cancellation);
        var known = published.Files.ToDictionary(file => file.Table, file => file.Sha256, StringComparer.Ordinal);
        if (set.Tables.Files.FirstOrDefault(file => known.GetValueOrDefault(file.Table) != file.Sha256) is { } other)
        {
            foreach (var file in set.InOrder) File.Delete(Path.Combine(folder, ExportPublisher.TemporaryName(file.Name)));
            throw new ExportException("CL7006", $"{other.Name} written again differs from what was published (personal data was erased since, or retention is over); nothing was delivered.");
        }

        put.AddRange(set.InOrder.Select(file => file.Name).Where(name => !File.Exists(Path.Combine(folder, name))));
        ExportPublisher.Publish(folder, set, Renamed);
        return set;
    }
}
