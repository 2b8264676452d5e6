using ClosedLoop.Operations.Ports;
using ClosedLoop.Operations.Reading;

namespace ClosedLoop.Operations.Pages;

/// <summary>The first screen.</summary>
public sealed record OverviewModel(
    Attention Attention, IReadOnlyList<MailingLine> Running, IReadOnlyList<FileLine> Files, IReadOnlyList<ExportLine> Exports, IReadOnlyList<ZoneLine> Zones,
    IReadOnlyList<ConnectorLine> Connectors, Throughput? Flow, DelayPoints? Delays, string Span, string InFolder);
