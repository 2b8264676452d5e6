namespace ClosedLoop.Model.Orders;

/// <summary>Recipients that stand in the order itself.</summary>
/// <param name="Fields">Names of all fields used, as first written; compared without regard to case.</param>
/// <param name="Count">Number of recipients.</param>
/// <param name="Line">Where in the order they begin.</param>
/// <param name="Column">Character of that line.</param>
public sealed record InlineTarget(IReadOnlyList<string> Fields, long Count, int Line, int Column) : OrderTarget(Line, Column);
