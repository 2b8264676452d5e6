using ClosedLoop.Mail.Sink;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;
using ClosedLoop.Responses.Export;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Simulation;

/// <summary>
/// The audience of a rehearsal's own service: one deed after the other, in the order of their times, each with the service's clock set to its moment. The client's cut-offs are
/// taken when they are due in between.
/// </summary>
internal sealed class SteppedAudience(SiloSettings settings, Scenario scenario, string run, SimulatedDeeds deeds, TemporaryService service, ClientDefinition client)
{
    /// <summary>
    /// Longest simulated time between an event and its storing. What is near each other is judged in one light only if it was stored within an hour (<c>EventStore</c>), and how
    /// many events share a write must not show in any file.
    /// </summary>
    private static readonly TimeSpan Unstored = TimeSpan.FromSeconds(30);

    private readonly Cast _cast = new(scenario);

    /// <summary>Everything that is done with the messages of the mailing, and the cut-offs up to the one that covers the last of it.</summary>
    public async Task PlayAsync(Action<long, long> progress, CancellationToken cancellation)
    {
        var timeline = Timeline();
        deeds.Tally.AddPending(timeline.Count);
        var start = service.Clock.GetUtcNow();
        var cut = NextCut(start);
        DateTimeOffset? unstored = null;
        foreach (var (after, _, index, deed, mail) in timeline)
        {
            var at = start + after;
            if (unstored is { } first && (at - first > Unstored || at >= cut))
            {
                await service.StoredAsync(cancellation);
                unstored = null;
            }

            for (; at >= cut; cut = NextCut(cut)) await service.CutAsync(client, cut, cancellation);
            service.Clock.Set(at);
            await deeds.DoAsync(deed, index, mail, deeds.ReaderOf(mail), cancellation);
            unstored ??= at;
            deeds.Tally.AddPending(-1);
            progress(timeline.Count - deeds.Tally.Pending, timeline.Count);
        }

        await service.StoredAsync(cancellation);
        await service.CutAsync(client, cut, cancellation);
    }

    private DateTimeOffset NextCut(DateTimeOffset after) => Instants.FromMicroseconds(ExportTiming.NextCut(client.Export, Instants.ToMicroseconds(after))!.Value);

    /// <summary>In the order of time; what falls on one moment in the order of the people, and of what one person does.</summary>
    private List<(TimeSpan After, int Place, int Index, PlannedDeed Deed, SinkRecord Mail)> Timeline()
    {
        var timeline = new List<(TimeSpan After, int Place, int Index, PlannedDeed Deed, SinkRecord Mail)>();
        foreach (var mail in SinkLedger.Read(SinkService.LedgerPath(settings)))
        {
            if (mail.To is not [var address] || SimulatedFile.IndexOf(address, run) is not { } index || !deeds.Tally.AddMessage(index)) continue;
            timeline.AddRange(_cast.DeedsOf(index).Select((deed, place) => (deed.After, place, index, deed, mail)));
        }

        return [.. timeline.OrderBy(planned => planned.After).ThenBy(planned => planned.Index).ThenBy(planned => planned.Place)];
    }
}
