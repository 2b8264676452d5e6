using ClosedLoop.Model.Clients;

namespace ClosedLoop.Operations.Ports;

/// <summary>The response export.</summary>
public interface IExportControl
{
    /// <summary>The next cut-off, microseconds; <c>null</c> when the export is off.</summary>
    long? NextCut(ClientDefinition client);

    /// <summary>Writes the files of a run again, beside the published ones, and compares.</summary>
    Task<RebuiltExport> RebuildAsync(long runId, CancellationToken cancellation);
}
