namespace ClosedLoop.Operations.Ports;

/// <summary>A call of the other system.</summary>
/// <param name="Id">Its number.</param>
/// <param name="At">Microseconds; when it came.</param>
/// <param name="Kind">What it says.</param>
/// <param name="About">What it is about.</param>
/// <param name="State">What became of it.</param>
/// <param name="IsWell">Whether that is as it should be.</param>
/// <param name="Raw">The body as it came.</param>
public sealed record ConnectorEvent(long Id, long At, string Kind, string About, string State, bool IsWell, string Raw);
