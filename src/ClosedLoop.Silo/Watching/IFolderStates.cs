using ClosedLoop.Grains.Zones;

namespace ClosedLoop.Silo.Watching;

/// <summary>Says what a client's drop zone is doing.</summary>
internal interface IFolderStates
{
    Task<DropZoneStatus> OfAsync(string client);
}
