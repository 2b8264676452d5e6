namespace ClosedLoop.Intake.Orders;

/// <summary>Rows of a list.</summary>
/// <param name="Read">Rows met.</param>
/// <param name="Usable">Rows that become recipients.</param>
public sealed record RowCounts(long Read, long Usable);
