using ClosedLoop.Model.Clients;

namespace ClosedLoop.Responses.Export;

/// <summary>Brings published files to where the client fetches them, when that is not this machine.</summary>
public interface IExportOutlet
{
    /// <summary>
    /// Delivers files under their final names, in order. Called again for the same files when it failed or a crash came in between: what is there already
    /// has the same bytes.
    /// </summary>
    /// <param name="client">Whose files.</param>
    /// <param name="folder">Where they stand on this machine.</param>
    /// <param name="files">In the order in which their names may appear.</param>
    /// <param name="cancellation">Ends between two files.</param>
    Task DeliverAsync(ClientDefinition client, string folder, IReadOnlyList<ExportedFile> files, CancellationToken cancellation);
}
