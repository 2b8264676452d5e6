using ClosedLoop.Grains.Clients;
using ClosedLoop.Grains.Embedded;

namespace ClosedLoop.Intake.Tests.Zones;

/// <summary>Keeps the folder's state in memory; the real one belongs to another station.</summary>
public sealed class TestClientGrain : Grain, IClientGrain
{
    private string? _stopped;

    public Task StartAsync() => Task.CompletedTask;

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
