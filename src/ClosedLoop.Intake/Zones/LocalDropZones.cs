using ClosedLoop.Model.Clients;

namespace ClosedLoop.Intake.Zones;

/// <summary>Zones in folders below one root, each client's named by its definition or its key.</summary>
public sealed class LocalDropZones(string root) : IDropZones
{
    public IDropZone Open(ClientDefinition client)
    {
        ArgumentNullException.ThrowIfNull(client);
        return new LocalFolderZone(Path.Combine(root, client.Folders.Root ?? client.Key), client.Folders);
    }
}
