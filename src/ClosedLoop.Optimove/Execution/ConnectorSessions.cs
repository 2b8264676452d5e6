using System.Text;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Optimove;
using ClosedLoop.Optimove.Api;
using ClosedLoop.Optimove.Secrets;

namespace ClosedLoop.Optimove.Execution;

/// <summary>Opens connectors: definition, secrets, client.</summary>
internal sealed class ConnectorSessions(ConnectorStore store, DefinitionStore definitions, OptimoveApis apis, SecretBox box)
{
    /// <summary>Null while there is no connector, or it has no key and no password.</summary>
    public ConnectorSession? Open(string clientKey)
    {
        if (definitions.FindClient(clientKey) is not { } client || store.Find(client.Value.Id) is not { } row) return null;
        var most = row.Definition.RequestsPerTenSeconds;
        if (ApiOf(row, most) is not { } api) return null;
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(row.Definition.TimeZone, out var found) ? found : TimeZoneInfo.Utc;
        return new ConnectorSession(
            row, client, zone, api, AttributeApiOf(row, most) ?? api, AttributeApiOf(row, ConnectorSession.LookupsOf(most)) ?? ApiOf(row, ConnectorSession.LookupsOf(most))!,
            row.EngagementToken is { } token ? Encoding.UTF8.GetBytes(box.Unseal(token)) : null, box.Unseal(row.AppKey));
    }

    private IOptimoveApi? ApiOf(ConnectorRow row, int most)
    {
        var definition = row.Definition;
        if (definition.UserName is { } user)
            return row.Password is { } password ? apis.Of(definition.BaseUrl, user, box.Unseal(password), most, new SealedLogins(row.ClientId, store, box)) : null;
        return row.ApiKey is { } key ? apis.Of(definition.BaseUrl, box.Unseal(key), most) : null;
    }

    private IOptimoveApi? AttributeApiOf(ConnectorRow row, int most) => row.AttributeApiKey is { } key ? apis.Of(row.Definition.BaseUrl, box.Unseal(key), most) : null;
}
