namespace ClosedLoop.Intake.Orders.Filters;

/// <summary>A row of a user database, as a filter looks at it.</summary>
public interface IFilterRow
{
    /// <summary>Value of the database's field of that position in canonical form (<see cref="Lists.FieldValue"/>); null when it has none.</summary>
    string? this[int field] { get; }
}
