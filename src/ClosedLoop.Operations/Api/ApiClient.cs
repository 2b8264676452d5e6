namespace ClosedLoop.Operations.Api;

/// <summary>A client.</summary>
internal sealed record ApiClient(long Id, string Key, string? Name, int Version, bool ExportEnabled, IReadOnlyList<string> Columns);
