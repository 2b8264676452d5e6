using ClosedLoop.Model.Files;

namespace ClosedLoop.Operations.Reading;

/// <summary>Which files a list shows.</summary>
public sealed record FileFilter(long? ClientId = null, FileState? State = null, string? Search = null);
