namespace ClosedLoop.Delivery.Channels;

/// <summary>The use of transports by one run; they are closed when nobody uses them any more and newer settings have taken their place.</summary>
internal sealed class TransportLease(IReadOnlyList<SharedTransport> transports) : IAsyncDisposable
{
    public IReadOnlyList<IChannelTransport> Transports { get; } = [.. transports.Select(shared => shared.Transport)];

    public async ValueTask DisposeAsync()
    {
        foreach (var shared in transports) await shared.LeaveAsync().ConfigureAwait(false);
    }
}
