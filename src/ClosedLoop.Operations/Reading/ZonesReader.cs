using ClosedLoop.Data.Clients;
using ClosedLoop.Grains.Zones;

namespace ClosedLoop.Operations.Reading;

/// <summary>What the folders are doing, as their pollers say.</summary>
internal sealed class ZonesReader(IGrainFactory grains, DefinitionStore definitions, Figures figures)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<IReadOnlyList<ZoneLine>> AllAsync(long? clientId)
    {
        var clients = definitions.Clients().Where(client => client.Value.Import.Enabled && (clientId is null || client.Value.Id == clientId)).Select(client => client.Value.Key).ToList();
        var figure = await figures.GetAsync("zones/" + string.Join(',', clients), () => Ask(clients), TimeSpan.FromMilliseconds(300));
        return figure.Value ?? [.. clients.Select(key => new ZoneLine(key, Status: null, IsAsked: false))];
    }

    /// <summary>Asks all at once: a poller that is busy or gone must not keep a page from being shown, nor the others from being heard.</summary>
    private IReadOnlyList<ZoneLine> Ask(List<string> keys)
    {
        var calls = keys.Select(key => (Key: key, Call: grains.GetGrain<IDropZoneGrain>(key).GetStatusAsync())).ToList();
        try
        {
            Task.WaitAll([.. calls.Select(call => call.Call)], Patience);
        }
        catch (AggregateException)
        {
            // Who failed has no status, like who is silent.
        }

        return [.. calls.Select(call => new ZoneLine(call.Key, call.Call.IsCompletedSuccessfully ? call.Call.Result : null))];
    }
}
