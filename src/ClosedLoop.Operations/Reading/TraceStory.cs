using ClosedLoop.Data.Delivery;

namespace ClosedLoop.Operations.Reading;

/// <summary>A connection that was written down, or is to be.</summary>
/// <param name="Trace">As it is stored.</param>
/// <param name="ClientKey">Whose relay.</param>
/// <param name="State"><c>waiting</c> for a connection, <c>running</c>, <c>ended</c>, <c>lost</c> with the process that wrote it down, or <c>missed</c>: nobody connected in time.</param>
/// <param name="Lines">What was said.</param>
public sealed record TraceStory(ConnectionTrace Trace, string ClientKey, string State, IReadOnlyList<TraceLine> Lines);
