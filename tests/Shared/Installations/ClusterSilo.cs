using System.Globalization;

namespace ClosedLoop.Testing.Installations;

/// <summary>One of several silos: a process with a data folder of its own, on the database, drop folder and keys of the installation.</summary>
internal sealed class ClusterSilo : ClosedLoopProcess
{
    private static readonly HttpClient Http = new(new LostConnections()) { Timeout = TimeSpan.FromSeconds(5) };

    private ClusterSilo(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, ClusterPlace place)
        : base(arguments, environment) => Place = place;

    public ClusterPlace Place { get; }

    /// <summary>Starts a silo and waits until it answers.</summary>
    public static async Task<ClusterSilo> StartAsync(Installation installation, ClusterPlace place, params IReadOnlyList<string> settings)
    {
        var silo = Launch(installation, place, settings);
        await Eventually.ThatAsync("answer of the silo", silo.AnswersAsync, silo);
        return silo;
    }

    public static ClusterSilo Launch(Installation installation, ClusterPlace place, params IReadOnlyList<string> settings) => new(
    [
        "serve", "--data", place.Data,
        "--set", $"Http:Listen={place.Address}",
        "--set", $"Operator:Listen={place.OperatorAddress}",
        "--set", "Sink:Embedded=false",
        "--set", "Sink:Port=" + installation.SinkPort.ToString(CultureInfo.InvariantCulture),
        "--set", "ClientScanSeconds=0.5",
        .. installation.Settings.SelectMany(setting => new[] { "--set", setting }),
        "--set", "Cluster:Name=" + place.Name,
        "--set", "Cluster:SiloPort=" + place.Port.ToString(CultureInfo.InvariantCulture),
        "--set", "Cluster:KeysFolder=" + Path.Combine(installation.Data, "keys"),
        "--set", "DropFolder=" + Path.Combine(installation.Data, "drop"),
        .. settings.SelectMany(setting => new[] { "--set", setting }),
    ],
    installation.Environment,
    place);

    public async Task<bool> AnswersAsync() => await StatusAsync("/healthz") == 200;

    /// <summary>The status of an answer; 0 for none.</summary>
    public async Task<int> StatusAsync(string path)
    {
        try
        {
            using var response = await Http.GetAsync(new Uri(new Uri(Place.Address), path));
            return (int)response.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return 0;
        }
    }
}
