using ClosedLoop.Grains.Zones;
using ClosedLoop.Silo.Watching;

namespace ClosedLoop.Silo.Tests.Support;

/// <summary>Folders are in the state that the test wants.</summary>
internal sealed class SaidFolders : IFolderStates
{
    public DropZoneStatus Status { get; set; } = new(Running: true, null, 0, null, 0);

    public Task<DropZoneStatus> OfAsync(string client) => Task.FromResult(Status);
}
