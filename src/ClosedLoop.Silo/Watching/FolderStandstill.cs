using System.Globalization;
using ClosedLoop.Data.Alarms;
using ClosedLoop.Data.Clients;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Watching;

/// <summary>Files that wait before a stopped folder, and folders that nobody looks into.</summary>
internal sealed class FolderStandstill(IFolderStates states, DefinitionStore definitions, SiloSettings settings) : IWatch
{
    private readonly Stillness _stillness = new();

    public string Scope => "folders";

    public async Task<WatchLook> LookAsync(long now)
    {
        List<Alarm> found = [];
        var looked = 0;
        foreach (var client in definitions.Clients().Select(client => client.Value))
        {
            if (!client.Import.Enabled) continue;
            looked++;
            var state = await states.OfAsync(client.Key);
            if (!state.Running && state.Waiting > 0)
            {
                var since = _stillness.Since(client.Key, "stopped", now);
                if (now - since > settings.Watch.FolderSeconds * WatchText.Second)
                {
                    found.Add(new Alarm("folder/" + client.Key, "folder-stopped", client.Id, string.Create(CultureInfo.InvariantCulture,
                        $"CL3211: {state.Waiting} files wait {WatchText.Since(since)} because the folder is stopped: {state.Reason}; closedloop files retry, replace or discard")));
                }

                continue;
            }

            _stillness.Forget(client.Key);

            // Before the first look the zone has no time for the next one; a file that is being taken in holds up the looks.
            if (state.NextPoll > 0 && state.CurrentFile is null && now - state.NextPoll > (settings.Watch.LateSeconds + client.Import.PollSeconds) * WatchText.Second)
            {
                found.Add(new Alarm("folder/" + client.Key, "not-looked-at", client.Id,
                    $"CL3211: the folder should have been looked at {WatchText.At(state.NextPoll)} and was not"));
            }
        }

        return new WatchLook(looked, found);
    }
}
