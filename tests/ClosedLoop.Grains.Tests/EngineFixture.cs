namespace ClosedLoop.Grains.Tests;

/// <summary>One engine for all contract tests that do not end it.</summary>
public sealed class EngineFixture : IAsyncLifetime
{
    private GrainHost? _host;

    public IGrainFactory Grains => _host!.Grains;

    public async Task InitializeAsync() => _host = await GrainHosts.StartAsync();

    public async Task DisposeAsync() => await _host!.DisposeAsync();
}
