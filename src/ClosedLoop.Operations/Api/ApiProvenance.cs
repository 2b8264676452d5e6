namespace ClosedLoop.Operations.Api;

/// <summary>What a mailing was made of, and the newest versions of it.</summary>
internal sealed record ApiProvenance(long SourceId, int SourceVersion, int? SourceVersionNow, int ClientVersion, int ClientVersionNow, long FileId, string? ContentHash, bool IsExported, IReadOnlyList<long> ExportRuns);
