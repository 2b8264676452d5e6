namespace ClosedLoop.Data.Files;

/// <summary>Numbers of one pass over a file; errors and warnings include those that are not kept.</summary>
public readonly record struct FileCounts(long Records, long Skipped, long Warnings, long Errors);
