using ClosedLoop.Data.Exports;

namespace ClosedLoop.Operations.Reading;

/// <summary>One export run.</summary>
/// <param name="Run">As stored.</param>
/// <param name="ClientKey">Key of its client.</param>
/// <param name="Files">Files of its manifest; empty until it is published.</param>
public sealed record ExportLine(ExportRun Run, string ClientKey, IReadOnlyList<ExportFileLine> Files);
