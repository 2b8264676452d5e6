using System.Globalization;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Grains;
using ClosedLoop.Grains.Clients;
using ClosedLoop.Grains.Exports;
using ClosedLoop.Grains.Mailings;
using ClosedLoop.Grains.Placement;
using ClosedLoop.Grains.Zones;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Mailings.Clients;

/// <summary>Starts everything a client has and remembers whether its folder may take files.</summary>
[RunsOn(Roles.Ingest)]
public sealed class ClientGrain(
    [PersistentState("client", GrainStorage.Name)] IPersistentState<ClientDecisions> decisions,
    DefinitionStore definitions,
    MailingStore mailings) : Grain, IClientGrain
{
    public async Task StartAsync()
    {
        var key = this.GetPrimaryKeyString();
        var client = definitions.FindClient(key)?.Value ?? throw new KeyNotFoundException($"CL4004: client '{key}' does not exist.");
        MailingState[] unfinished = [MailingState.Sending, MailingState.Queued, MailingState.Paused, MailingState.Cancelled];
        foreach (var row in unfinished.SelectMany(mailings.InState).Where(row => row.ClientId == client.Id))
        {
            await GrainFactory.GetGrain<IMailingGrain>(row.MailingId.ToString(CultureInfo.InvariantCulture)).StartAsync();
        }

        await GrainFactory.GetGrain<IDropZoneGrain>(key).StartAsync();
        await GrainFactory.GetGrain<IOrderZoneGrain>(key).StartAsync();
        await GrainFactory.GetGrain<IExportGrain>(key).StartAsync();
    }

    public async Task StopFolderAsync(string reason)
    {
        decisions.State.FolderStopped = reason;
        await decisions.WriteStateAsync();
    }

    public async Task ResumeFolderAsync()
    {
        decisions.State.FolderStopped = null;
        await decisions.WriteStateAsync();
    }

    public Task<FolderState> GetFolderAsync() =>
        Task.FromResult(new FolderState(decisions.State.FolderStopped is null, decisions.State.FolderStopped));
}
