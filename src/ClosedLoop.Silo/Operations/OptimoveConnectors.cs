using System.Globalization;
using ClosedLoop.Grains.Optimove;
using ClosedLoop.Model.Optimove;
using ClosedLoop.Operations.Ports;
using ClosedLoop.Optimove;

namespace ClosedLoop.Silo.Operations;

/// <summary>Connections to Optimove, one a client, named as it.</summary>
internal sealed class OptimoveConnectors(ConnectorReports reports, IGrainFactory grains) : IConnectors
{
    public IReadOnlyList<ConnectorLine> All() => [.. reports.All().Select(Line)];

    public async Task<string?> RegisterAsync(string name) => reports.All().Any(report => report.Client == name)
        ? (await grains.GetGrain<IOptimoveConnectorGrain>(name).RegisterAsync()).Text
        : null;

    private static ConnectorLine Line(ConnectorReport report) => new(
        report.Client, "Optimove", report.State.ToLowerInvariant(), report.State == nameof(ConnectorState.Active) && report.NotAllowed.Count == 0,
        string.Create(CultureInfo.InvariantCulture, $"version {report.Version}, {report.AttributesWaiting} attributes wait, {report.DeadLetters} given up") + (report.Reason is null ? "" : ": " + report.Reason),
        CanRegister: true);
}
