using ClosedLoop.Grains.Clients;
using ClosedLoop.Grains.Embedded;
using ClosedLoop.Grains.Zones;

namespace ClosedLoop.Intake.Tests.Zones;

/// <summary>Keeps the folder's state in memory; the real one belongs to another station.</summary>
public sealed class TestClientGrain : Grain, IClientGrain
{
    private string? _stopped;

    /// <summary>As the real one: waits for its drop zone.</summary>
    public Task StartAsync() => GrainFactory.GetGrain<IDropZoneGrain>(this.GetPrimaryKeyString()).StartAsync();

    public Task StopFolderAsync(string reason)
    {
        _stopped = reason;
        return Task.CompletedTask;
    }

    public Task ResumeFolderAsync()
    {
        _stopped = null;
        return Task.CompletedTask;
    }

    public Task<FolderState> GetFolderAsync() => Task.FromResult(new FolderState(_stopped is null, _stopped));
}
