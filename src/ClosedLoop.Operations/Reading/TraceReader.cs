using System.Text.Json;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Delivery;
using ClosedLoop.Model;

namespace ClosedLoop.Operations.Reading;

/// <summary>Connections of the last day that were written down.</summary>
internal sealed class TraceReader(ConnectionTraceStore traces, DefinitionStore definitions, TimeProvider time)
{
    /// <summary>Newest first; of one client, or of all.</summary>
    public IReadOnlyList<TraceStory> Lately(long? clientId)
    {
        var now = time.NowMicroseconds();
        return [.. traces.Lately(now).Where(trace => clientId is null || trace.ClientId == clientId).Select(trace => new TraceStory(
            trace, definitions.FindClient(trace.ClientId)?.Value.Key ?? "", StateOf(trace, now), JsonSerializer.Deserialize<List<TraceLine>>(trace.Lines, JsonSerializerOptions.Web) ?? []))];
    }

    private static string StateOf(ConnectionTrace trace, long now) => trace switch
    {
        { HasEnded: true } => "ended",
        { Process: not null } => now < trace.Until + ConnectionTrace.Longest ? "running" : "lost",
        _ when trace.Until > now => "waiting",
        _ => "missed",
    };
}
