namespace ClosedLoop.Operations.Reading;

/// <summary>What stands at the top of every page.</summary>
/// <param name="Mode"><c>SINK</c> or <c>LIVE</c>.</param>
/// <param name="IsHealthy">Nothing is held and all numbers add up.</param>
/// <param name="Queue">Who waits; <c>null</c> while being counted.</param>
/// <param name="Flow">The last hour by minute; <c>null</c> while being counted.</param>
/// <param name="NextPoll">Microseconds; when the next folder is looked at.</param>
/// <param name="NextExport">Microseconds; the next cut-off.</param>
/// <param name="Attention">What needs a person.</param>
public sealed record HeaderModel(string Mode, bool IsHealthy, QueueDepth? Queue, Throughput? Flow, long? NextPoll, long? NextExport, Attention Attention)
{
    /// <summary>All that can be said while nothing can be read.</summary>
    public static HeaderModel Unknown(string mode) => new(mode, IsHealthy: false, null, null, null, null, new Attention([], []));

    /// <summary>Messages sent in the last whole minute.</summary>
    public long? SentPerMinute => LastMinute?.Sent;

    /// <summary>Recipients who failed in it.</summary>
    public long? FailedPerMinute => LastMinute?.Failed;

    /// <summary>The minute that runs is not whole; what it has so far says nothing about a rate.</summary>
    private FlowPoint? LastMinute => Flow is { Points: [.., var last, _] } ? last : null;
}
