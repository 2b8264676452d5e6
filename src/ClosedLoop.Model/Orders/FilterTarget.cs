namespace ClosedLoop.Model.Orders;

/// <summary>Whom a saved filter of the account selects when the delivery starts.</summary>
/// <param name="FilterId">0 means the whole database with its base filter.</param>
/// <param name="Line">Where in the order it is named.</param>
/// <param name="Column">Character of that line.</param>
public sealed record FilterTarget(long FilterId, int Line, int Column) : OrderTarget(Line, Column);
