namespace ClosedLoop.Operations.Api;

/// <summary>How a column differs between two files: share of empty values in percent, missing where a file does not have the column.</summary>
internal sealed record ApiColumnChange(string Name, double? EmptyBefore, double? EmptyNow);
