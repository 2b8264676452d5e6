namespace ClosedLoop.Model.Orders;

/// <summary>The rows of a CSV file, or of a zip archive that holds it, in the folder of the order.</summary>
/// <param name="FileName">A plain name: <see cref="OrderFileName.IsAllowed"/>.</param>
/// <param name="Line">Where in the order it is named.</param>
/// <param name="Column">Character of that line.</param>
public sealed record ListTarget(string FileName, int Line, int Column) : OrderTarget(Line, Column);
