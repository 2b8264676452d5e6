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
        var figure = await figures.GetAsync("zones/" + string.Join(',', clients), () => (IReadOnlyList<ZoneLine>)[.. clients.Select(Ask)], TimeSpan.FromMilliseconds(300));
        return figure.Value ?? [.. clients.Select(key => new ZoneLine(key, Status: null))];
    }

    /// <summary>A poller that is busy or gone must not keep a page from being shown.</summary>
    private ZoneLine Ask(string key)
    {
        var call = grains.GetGrain<IDropZoneGrain>(key).GetStatusAsync();
        try
        {
            return new ZoneLine(key, call.Wait(Patience) ? call.Result : null);
        }
        catch (AggregateException)
        {
            return new ZoneLine(key, Status: null);
        }
    }
}
