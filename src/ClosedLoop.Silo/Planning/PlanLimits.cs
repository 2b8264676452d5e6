namespace ClosedLoop.Silo.Planning;

/// <summary>Guard rails: how far a file may be from the one before.</summary>
/// <param name="RowsPercent">More or fewer recipients.</param>
/// <param name="EmptyPoints">More empty values in a column, in points of a hundred.</param>
internal sealed record PlanLimits(double RowsPercent, double EmptyPoints);
