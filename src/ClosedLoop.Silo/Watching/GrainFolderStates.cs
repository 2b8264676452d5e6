using ClosedLoop.Grains.Zones;

namespace ClosedLoop.Silo.Watching;

/// <summary>Asks the zone itself.</summary>
internal sealed class GrainFolderStates(IGrainFactory grains) : IFolderStates
{
    public Task<DropZoneStatus> OfAsync(string client) => grains.GetGrain<IDropZoneGrain>(client).GetStatusAsync();
}
