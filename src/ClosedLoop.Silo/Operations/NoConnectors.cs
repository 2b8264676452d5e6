using ClosedLoop.Operations.Ports;

namespace ClosedLoop.Silo.Operations;

/// <summary>No other system is connected.</summary>
internal sealed class NoConnectors : IConnectors
{
    public IReadOnlyList<ConnectorLine> All() => [];

    public Task<string?> RegisterAsync(string name) => Task.FromResult<string?>(null);
}
