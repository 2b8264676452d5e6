namespace ClosedLoop.Data.Ledger;

/// <summary>A file is being taken in by somebody else: a silo that took this one for dead. Nothing of what was written here becomes visible.</summary>
public sealed class ImportOvertakenException(long? fileId)
    : InvalidOperationException(FormattableString.Invariant($"CL6101: {(fileId is { } id ? $"file {id}" : "the file")} is taken in by another silo now; what was written here is dropped"));
