using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Optimove;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Optimove;
using ClosedLoop.Optimove.Api;

namespace ClosedLoop.Optimove.Execution;

/// <summary>A connector as it is right now, ready to talk to Optimove. Held for one look only: the next one sees what was saved meanwhile.</summary>
/// <param name="Row">As stored.</param>
/// <param name="Client">Whose.</param>
/// <param name="Zone">Of times without one.</param>
/// <param name="Api">Optimove with the connector's key or login.</param>
/// <param name="AttributeApi">Optimove with the key for attributes, where there is one.</param>
/// <param name="LookupApi">The same for attributes that triggers lack, with less than all of the key's requests.</param>
/// <param name="EngagementToken">What signs engagement events.</param>
/// <param name="AppKey">The key in listener addresses.</param>
internal sealed record ConnectorSession(
    ConnectorRow Row, Versioned<ClientDefinition> Client, TimeZoneInfo Zone, IOptimoveApi Api, IOptimoveApi AttributeApi, IOptimoveApi LookupApi, byte[]? EngagementToken, string AppKey)
{
    /// <summary>How many of a key's requests may go into attributes that triggers lack.</summary>
    public static int LookupsOf(int perTenSeconds) => Math.Max(1, perTenSeconds * 2 / 3);

    public long ClientId => Row.ClientId;

    public OptimoveDefinition Definition => Row.Definition;

    /// <summary>Whether Optimove said that the key may not make a call.</summary>
    public bool Lacks(string call) => Row.Missing is { } missing && missing.Split(',').Contains(call, StringComparer.Ordinal);
}
