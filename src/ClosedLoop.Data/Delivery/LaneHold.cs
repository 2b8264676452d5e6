namespace ClosedLoop.Data.Delivery;

/// <summary>A lane that is held back.</summary>
/// <param name="Name">Name of the lane: <c>client/host:port</c> or <c>client/host:port/domain</c>.</param>
/// <param name="Until">Microseconds; when it is tried again.</param>
/// <param name="Failures">Holds in a row without a success between them; each lasts twice as long as the one before.</param>
/// <param name="Reason">What the other side said, or why the operator asked.</param>
/// <param name="ByOperator">Asked for by a person: no success ends it early.</param>
public sealed record LaneHold(string Name, long Until, int Failures, string Reason, bool ByOperator);
