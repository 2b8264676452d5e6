using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Optimove;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Optimove;
using ClosedLoop.Optimove.Api;

namespace ClosedLoop.Optimove.Execution;

/// <summary>A connector as it is right now, ready to talk to Optimove. Held for one look only: the next one sees what was saved meanwhile.</summary>
internal sealed record ConnectorSession(ConnectorRow Row, Versioned<ClientDefinition> Client, TimeZoneInfo Zone, IOptimoveApi Api, IOptimoveApi AttributeApi, byte[]? EngagementToken, string AppKey)
{
    public long ClientId => Row.ClientId;

    public OptimoveDefinition Definition => Row.Definition;

    /// <summary>Whether Optimove said that the key may not make a call.</summary>
    public bool Lacks(string call) => Row.Missing is { } missing && missing.Split(',').Contains(call, StringComparer.Ordinal);
}
