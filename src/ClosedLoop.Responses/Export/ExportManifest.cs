namespace ClosedLoop.Responses.Export;

/// <summary>What a run consists of; stored with it when it is published.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Label">Date (and time) in the file names.</param>
/// <param name="CutFrom">Stamp after which the period begins.</param>
/// <param name="CutTo">Stamp with which it ends.</param>
/// <param name="Files">The eight files in the order in which they appeared.</param>
public sealed record ExportManifest(long RunId, string Label, long CutFrom, long CutTo, IReadOnlyList<ExportedFile> Files);
