using System.Text;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Optimove;
using ClosedLoop.Optimove.Api;
using ClosedLoop.Optimove.Secrets;

namespace ClosedLoop.Optimove.Execution;

/// <summary>Opens connectors: definition, secrets, client.</summary>
internal sealed class ConnectorSessions(ConnectorStore store, DefinitionStore definitions, OptimoveApis apis, SecretBox box)
{
    /// <summary>Null while there is no connector, or it has no key.</summary>
    public ConnectorSession? Open(string clientKey)
    {
        if (definitions.FindClient(clientKey) is not { } client || store.Find(client.Value.Id) is not { ApiKey: { } apiKey } row) return null;
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(row.Definition.TimeZone, out var found) ? found : TimeZoneInfo.Utc;
        var key = box.Unseal(apiKey);
        var api = apis.Of(row.Definition.BaseUrl, key, row.Definition.RequestsPerTenSeconds);
        return new ConnectorSession(
            row, client, zone, api,
            row.AttributeApiKey is { } other ? apis.Of(row.Definition.BaseUrl, box.Unseal(other), row.Definition.RequestsPerTenSeconds) : api,
            row.EngagementToken is { } token ? Encoding.UTF8.GetBytes(box.Unseal(token)) : null,
            box.Unseal(row.AppKey));
    }
}
