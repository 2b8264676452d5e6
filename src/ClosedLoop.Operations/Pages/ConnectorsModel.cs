using ClosedLoop.Operations.Ports;
using ClosedLoop.Operations.Reading;

namespace ClosedLoop.Operations.Pages;

/// <summary>Connections to other systems.</summary>
/// <param name="Connectors">Other systems.</param>
/// <param name="Zones">Folders.</param>
/// <param name="Traffic">The last day of each connector by the hour; <c>null</c> while being counted.</param>
public sealed record ConnectorsModel(IReadOnlyList<ConnectorLine> Connectors, IReadOnlyList<ZoneLine> Zones, IReadOnlyDictionary<string, IReadOnlyList<TrafficHour>>? Traffic);
