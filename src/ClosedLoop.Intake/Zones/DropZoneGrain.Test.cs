using ClosedLoop.Data.Clients;
using ClosedLoop.Model.Clients;

namespace ClosedLoop.Intake.Zones;

/// <summary>The test folder (closed-loop spec section 15): real data goes first, and a stopped folder does not stop it, because a correction wants to be tried.</summary>
public sealed partial class DropZoneGrain
{
    private FolderWatch? _testWatch;

    private async Task PollTestAsync(IDropZone zone, Versioned<ClientDefinition> client)
    {
        if (!client.Value.Import.Test) return;
        var look = _testWatch!.Look(await zone.ListAsync(ZoneFolder.InTest), time.GetUtcNow());
        await TellAsync(client.Value, look.Problems);
        if (look.Ready.Count == 0) return;
        var next = look.Ready[0].Name;
        Run(next, stopping => TakeInAsync(zone, client, next, ZoneFolder.InTest, stopping));
    }
}
