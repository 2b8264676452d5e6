using System.Globalization;
using ClosedLoop.Data.Alarms;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Exports;
using ClosedLoop.Model.Clients;
using ClosedLoop.Responses.Export;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Watching;

/// <summary>Exports that were not cut off in time, or cut off and not published.</summary>
internal sealed class ExportLateness(ExportRunStore runs, DefinitionStore definitions, SiloSettings settings) : IWatch
{
    private long _firstLook;

    public string Scope => "exports";

    public Task<WatchLook> LookAsync(long now)
    {
        if (_firstLook == 0) _firstLook = now;
        List<Alarm> found = [];
        var looked = 0;
        var late = now - (settings.Watch.ExportSeconds * WatchText.Second);
        foreach (var client in definitions.Clients().Select(client => client.Value))
        {
            if (!client.Export.Enabled) continue;
            looked++;
            if (Unpublished(client, late) is { } alarm) found.Add(alarm);
            else if (NotCut(client, late) is { } missing) found.Add(missing);
        }

        return Task.FromResult(new WatchLook(looked, found));
    }

    private Alarm? Unpublished(ClientDefinition client, long late)
    {
        // A cut-off of an earlier day that is caught up with was taken just now: it is late only when it stays so.
        var run = runs.Latest(client.Id, 40).LastOrDefault(run => !run.Published && Math.Max(run.CutTo, _firstLook) < late);
        return run is null ? null : new Alarm("export/" + client.Key, "not-published", client.Id, string.Create(CultureInfo.InvariantCulture,
            $"CL3212: export run {run.RunId} with cut-off {WatchText.At(run.CutTo)} is not published; events 4412 and 4413 of the log say why"));
    }

    private Alarm? NotCut(ClientDefinition client, long late)
    {
        var last = runs.Latest(client.Id, 1) is [var newest, ..] ? newest.CutTo : _firstLook;
        var due = ExportTiming.NextCut(client.Export, last);
        return due is not { } cut || Math.Max(cut, _firstLook) >= late ? null : new Alarm("export/" + client.Key, "not-cut", client.Id,
            $"CL3212: the export due {WatchText.At(cut)} was not cut off; event 4413 of the log says why, or no silo exports");
    }
}
