using ClosedLoop.Model.Clients;

namespace ClosedLoop.Operations.Ports;

/// <summary>The response export.</summary>
public interface IExportControl
{
    /// <summary>The next cut-off, microseconds; <c>null</c> when the export is off.</summary>
    long? NextCut(ClientDefinition client);

    /// <summary>Writes the files of a run again, beside the published ones, and compares.</summary>
    Task<RebuiltExport> RebuildAsync(long runId, CancellationToken cancellation);

    /// <summary>Delivers a published run once more: what is not in <c>out/</c> any more is put back, with the bytes that were published.</summary>
    /// <returns>Whether it was done, and what or why not.</returns>
    Task<(bool Done, string Text)> RedeliverAsync(long runId, CancellationToken cancellation);

    /// <summary>Where a client's files are delivered, and which of some are there now.</summary>
    ExportPlace PlaceOf(ClientDefinition client, IEnumerable<string> names);
}
