namespace ClosedLoop.Delivery.Channels;

/// <summary>A transport with the number of its users. It begins with one, which stands for being current.</summary>
internal sealed class SharedTransport(IChannelTransport transport, int version)
{
    private int _users = 1;

    public IChannelTransport Transport => transport;

    /// <summary>Version of the client it was made for.</summary>
    public int Version => version;

    /// <summary>Takes part, unless it is closed already.</summary>
    public bool TryJoin()
    {
        while (true)
        {
            var users = Volatile.Read(ref _users);
            if (users == 0) return false;
            if (Interlocked.CompareExchange(ref _users, users + 1, users) == users) return true;
        }
    }

    public ValueTask LeaveAsync() => Interlocked.Decrement(ref _users) == 0 ? transport.DisposeAsync() : ValueTask.CompletedTask;
}
