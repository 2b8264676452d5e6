using ClosedLoop.Data.Delivery;
using ClosedLoop.Operations.Reading;

namespace ClosedLoop.Operations.Pages;

/// <summary>The ways out.</summary>
public sealed record DeliveryModel(IReadOnlyList<LaneHold> Holds, IReadOnlyList<DelayLine> Delays, IReadOnlyList<string> Clients, Throughput? Flow, IReadOnlyList<LaneRule> Rules,
    IReadOnlyList<DeferralLine> Deferrals, QueueLines? Queues, IReadOnlyList<TraceStory> Traces, long? Trace);
