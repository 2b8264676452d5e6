using ClosedLoop.Data.Clients;
using ClosedLoop.Operations.Ports;

namespace ClosedLoop.Operations.Reading;

/// <summary>Reads the header of the pages.</summary>
internal sealed class HeaderReader(
    OperationsOptions options, FlowReader flow, ZonesReader zones, AttentionReader attention, DefinitionStore definitions, IExportControl exports)
{
    public async Task<HeaderModel> ReadAsync(long? clientId)
    {
        var queue = flow.QueueAsync(clientId);
        var hour = flow.ThroughputAsync(clientId, 60, 60);
        var folders = zones.AllAsync(clientId);
        var needs = await attention.ReadAsync(clientId);
        await Task.WhenAll(queue, hour, folders);
        var polls = (await folders).Where(zone => zone.Status is { Running: true }).Select(zone => zone.Status!.NextPoll).ToList();
        var cuts = definitions.Clients().Where(client => clientId is null || client.Value.Id == clientId).Select(client => exports.NextCut(client.Value)).OfType<long>().ToList();
        return new HeaderModel(
            options.Mode, !needs.Items.Any(item => item.Tone == "bad"), (await queue).Value, (await hour).Value,
            polls.Count == 0 ? null : polls.Min(), cuts.Count == 0 ? null : cuts.Min(), needs);
    }
}
