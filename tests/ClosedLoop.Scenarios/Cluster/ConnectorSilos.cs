using System.Text.Json.Nodes;
using ClosedLoop.Optimove.Tests.Support;
using ClosedLoop.Testing.Servers;

namespace ClosedLoop.Scenarios.Cluster;

/// <summary>An installation with a connector to Optimove: one silo that stays, and others that have the connector in turn.</summary>
internal sealed class ConnectorSilos : IAsyncDisposable
{
    public const string CampaignId = "70123";

    private readonly SinkProcess _sink;
    private readonly List<ClusterSilo> _silos = [];

    private ConnectorSilos(OptimoveTrial trial, SinkProcess sink) => (Trial, _sink) = (trial, sink);

    public OptimoveTrial Trial { get; }

    public Books Books => Trial.Books;

    /// <summary>The silo that stays and the sink, which must live on while something is waited for.</summary>
    public ClosedLoopProcess[] Standing => [Trial.Silo, _sink];

    /// <summary>Customers of whom Optimove was told, as often as it was.</summary>
    public IReadOnlyList<string> Told =>
        [.. Trial.State.Bodies("UpdateCampaignInteractions").SelectMany(body => JsonNode.Parse(body)!["CustomerIDs"]!.AsArray()).Select(customer => customer!.GetValue<string>())];

    /// <summary>With a first silo for the connector, a connector that is active and a campaign that is not executed yet.</summary>
    public static async Task<ConnectorSilos> StartAsync(int customers, params IReadOnlyList<string> settings)
    {
        var trial = await OptimoveTrial.CreateAsync(await PostgresServer.SharedAsync(), embeddedSink: false, settings);
        var silos = new ConnectorSilos(trial, await SinkProcess.StartAsync(trial.Installation));
        await trial.ServeAsync("Roles=deliver,gateway,operate", FormattableString.Invariant($"Cluster:SiloPort={Ports.Free()}"), "Cluster:Name=silo0");
        await silos.AddAsync();
        await trial.SaveAsync(new { pageSize = 300 });
        await trial.IsAsync("Active");
        await trial.SeedAsync(customers);
        trial.Campaign(CampaignId, customers);
        return silos;
    }

    /// <summary>Another silo that can have the connector, on a folder of its own.</summary>
    public async Task<ClusterSilo> AddAsync()
    {
        var silo = await ClusterSilo.StartAsync(Trial.Installation, ClusterPlace.Of(Trial.Installation, _silos.Count + 1), "Roles=ingest");
        _silos.Add(silo);
        return silo;
    }

    /// <summary>The silo that has the connector from the start.</summary>
    public ClusterSilo First => _silos[0];

    public string Story => string.Join(Environment.NewLine, _silos.Select(silo => silo.Story));

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos) await silo.DisposeAsync();
        await _sink.DisposeAsync();
        await Trial.DisposeAsync();
    }
}
