using System.Collections.Concurrent;
using ClosedLoop.Grains.Optimove;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Optimove.Inbound;

/// <summary>Tells a connector that something was stored for it; calls at the same moment become one.</summary>
internal sealed partial class ConnectorWaker(IGrainFactory grains, ILogger<ConnectorWaker> logger)
{
    private readonly ConcurrentDictionary<string, int> _waking = new(StringComparer.Ordinal);
    private readonly ILogger _logger = logger;

    public void Wake(string clientKey)
    {
        // Taken back before the call: what is stored after that wakes anew.
        if (_waking.TryAdd(clientKey, 0)) _ = Task.Run(() => WakeAsync(clientKey));
    }

    private async Task WakeAsync(string clientKey)
    {
        _waking.TryRemove(clientKey, out _);
        try
        {
            await grains.GetGrain<IOptimoveConnectorGrain>(clientKey).WakeAsync();
        }
#pragma warning disable CA1031 // what was stored is found by the connector's own looks as well
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogNotWoken(clientKey, e.Message);
        }
    }

    [LoggerMessage(9010, LogLevel.Warning, "the connector of {Client} could not be woken and will look by itself: {Cause}")]
    private partial void LogNotWoken(string client, string cause);
}
