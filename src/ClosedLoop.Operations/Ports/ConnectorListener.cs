namespace ClosedLoop.Operations.Ports;

/// <summary>A listener that the other system calls.</summary>
/// <param name="Event">Which event.</param>
/// <param name="Channel">Which channel, in words.</param>
/// <param name="Address">Ours, its key cut out.</param>
/// <param name="State"><c>registered</c>, <c>failed</c>, <c>removed</c>.</param>
/// <param name="Reason">Why it failed.</param>
/// <param name="SeenAt">Microseconds; when the other system last had it, <c>null</c> for never.</param>
/// <param name="IsOrphan">It was not in the newest list of the other system, or nobody wants it any more.</param>
public sealed record ConnectorListener(string Event, string Channel, string Address, string State, string? Reason, long? SeenAt, bool IsOrphan);
