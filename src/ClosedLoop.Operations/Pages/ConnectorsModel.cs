using ClosedLoop.Operations.Ports;
using ClosedLoop.Operations.Reading;

namespace ClosedLoop.Operations.Pages;

/// <summary>Connections to other systems.</summary>
public sealed record ConnectorsModel(IReadOnlyList<ConnectorLine> Connectors, IReadOnlyList<ZoneLine> Zones);
