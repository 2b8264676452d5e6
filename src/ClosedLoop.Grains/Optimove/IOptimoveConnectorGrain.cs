namespace ClosedLoop.Grains.Optimove;

/// <summary>The connector of one client to Optimove; key: the client's key. There is one in the whole cluster, so that one only talks to Optimove.</summary>
[Alias("ClosedLoop.OptimoveConnector")]
public interface IOptimoveConnectorGrain : IGrainWithStringKey
{
    /// <summary>Works from now on: takes up what a restart left behind. Starting twice does nothing the second time.</summary>
    [Alias("Start")]
    Task StartAsync();

    /// <summary>Something was stored that is to be worked on; returns at once.</summary>
    [Alias("Wake")]
    [AlwaysInterleave]
    Task WakeAsync();

    /// <summary>Registers listeners now, whatever time the next try was put off to.</summary>
    [Alias("Register")]
    Task<OperatorAnswer> RegisterAsync();

    /// <summary>Removes listeners at our address that nobody wants any more.</summary>
    /// <param name="dryRun">Only says which.</param>
    [Alias("CleanUp")]
    Task<OperatorAnswer> CleanUpAsync(bool dryRun);

    /// <summary>Takes updates up again that Optimove refused, or posts again what is in doubt.</summary>
    /// <param name="what"><c>dead-letters</c>, <c>preferences</c> or <c>in-doubt</c>.</param>
    [Alias("Replay")]
    Task<OperatorAnswer> ReplayAsync(string what);
}
