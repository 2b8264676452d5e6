using ClosedLoop.Operations.Reading;

namespace ClosedLoop.Operations.Api;

/// <summary>A connection to a relay that was written down, or is to be.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Client">Whose relay.</param>
/// <param name="State">waiting, running, ended, lost with the process that wrote it down, or missed: nobody connected in time.</param>
/// <param name="OrderedAt">When it was asked for.</param>
/// <param name="Until">A connection opened later is not written down.</param>
/// <param name="OrderedBy">Who asked.</param>
/// <param name="Reason">Why.</param>
/// <param name="Process">Who opened the connection.</param>
/// <param name="Lines">What was said so far.</param>
internal sealed record ApiTrace(long Id, string Client, string State, DateTimeOffset OrderedAt, DateTimeOffset Until, string OrderedBy, string Reason, string? Process, IReadOnlyList<TraceLine> Lines)
{
    public static ApiTrace Of(TraceStory story) => new(
        story.Trace.TraceId, story.ClientKey, story.State, ApiShapes.At(story.Trace.OrderedAt), ApiShapes.At(story.Trace.Until), story.Trace.Actor, story.Trace.Reason, story.Trace.Process, story.Lines);
}
