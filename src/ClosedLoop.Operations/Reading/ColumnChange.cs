namespace ClosedLoop.Operations.Reading;

/// <summary>How a column differs between two files of a client.</summary>
/// <param name="Name">The column.</param>
/// <param name="EmptyBefore">Empty values, percent; <c>null</c> when the earlier file did not have the column.</param>
/// <param name="EmptyNow">The same of the later file.</param>
public sealed record ColumnChange(string Name, double? EmptyBefore, double? EmptyNow)
{
    /// <summary>Points of a hundred by which it moved; everything for a column that came or went.</summary>
    public double Points => EmptyBefore is { } before && EmptyNow is { } now ? now - before : 100;
}
