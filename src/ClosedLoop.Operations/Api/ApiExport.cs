namespace ClosedLoop.Operations.Api;

/// <summary>An export run.</summary>
internal sealed record ApiExport(long Id, string Client, string Label, bool Published, DateTimeOffset CutTo, IReadOnlyList<ApiExportFile> Files);
