using System.Text.Json;
using System.Text.Json.Nodes;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Optimove;
using ClosedLoop.Grains;
using ClosedLoop.Grains.Optimove;
using ClosedLoop.Model;
using ClosedLoop.Model.Optimove;
using ClosedLoop.Operations.Ports;
using ClosedLoop.Optimove;
using ClosedLoop.Optimove.Outbound;
using Microsoft.AspNetCore.Http.Features;

namespace ClosedLoop.Silo.Operator;

/// <summary>Connectors, profiles and events of clients, below <c>/api/v1/clients/{key}</c>.</summary>
internal static class OptimoveEndpoints
{
    private const long MaxBody = 32 * 1024 * 1024;
    private const int MostItems = 10_000;

    public static void MapOptimoveApi(this RouteGroupBuilder api)
    {
        api.MapGet("/optimove", (ConnectorReports reports) => Results.Ok(reports.All()));
        api.MapGet("/clients/{key}/optimove", (string key, DefinitionStore definitions, ConnectorReports reports) => definitions.OnClientAsync(key, client =>
            Task.FromResult(reports.Of(client.Id) is { } report ? Results.Ok(report) : NoConnector(key))));
        api.MapPut("/clients/{key}/optimove", SaveAsync);
        api.MapPost("/clients/{key}/optimove/register", (string key, DefinitionStore definitions, ConnectorStore store, IGrainFactory grains) =>
            OnConnectorAsync(key, definitions, store, () => grains.GetGrain<IOptimoveConnectorGrain>(key).RegisterAsync()));
        api.MapPost("/clients/{key}/optimove/cleanup", (string key, bool? dryRun, DefinitionStore definitions, ConnectorStore store, IGrainFactory grains) =>
            OnConnectorAsync(key, definitions, store, () => grains.GetGrain<IOptimoveConnectorGrain>(key).CleanUpAsync(dryRun ?? false)));
        api.MapPost("/clients/{key}/optimove/replay", (string key, string what, DefinitionStore definitions, ConnectorStore store, IGrainFactory grains) =>
            OnConnectorAsync(key, definitions, store, () => grains.GetGrain<IOptimoveConnectorGrain>(key).ReplayAsync(what)));
        api.MapPost("/clients/{key}/optimove/drop", (string key, string reason, DefinitionStore definitions, ConnectorStore store, IConnectors connectors) => string.IsNullOrWhiteSpace(reason)
            ? Task.FromResult(Results.Problem(statusCode: 400, title: "CL9576: what was refused is given up only with a reason"))
            : OnConnectorAsync(key, definitions, store, () => connectors.DropAsync(key)));
        api.MapGet("/clients/{key}/optimove/traffic", (string key, DefinitionStore definitions, IConnectors connectors) => definitions.OnClientAsync(key, _ =>
            Task.FromResult(connectors.Find(key) is { } detail ? Results.Ok(new { hours = detail.Hours, calls = detail.Events, refused = detail.Letters }) : NoConnector(key))));
        api.MapPost("/clients/{key}/optimove/rotate", (string key, DefinitionStore definitions, ConnectorStore store, ConnectorSaving saving, ConnectorDirectory directory) =>
            definitions.OnClientAsync(key, async client =>
            {
                if (store.Find(client.Id) is null) return NoConnector(key);
                await saving.RotateAsync(client.Id);
                directory.Forget();
                return Results.Ok(new OperatorAnswer(Done: true, "the listener address has a new key; the old one is good for 24 hours more"));
            }));
        api.MapPost("/clients/{key}/profiles", SaveProfilesAsync);
        api.MapPost("/clients/{key}/profiles/{id}/devices", (string key, string id, string token, string platform, DefinitionStore definitions, ProfileStore profiles) => definitions.OnClientAsync(key, async client =>
        {
            if (Model.Recipients.PushAddress.PlatformOf(System.Text.Encoding.UTF8.GetBytes(platform)) is not { } known || Model.Recipients.PushAddress.TryNormalise(known, token) is not { } device)
                return Results.Problem(statusCode: 400, title: $"CL9004: '{platform}' is no platform of a push, or the token is none of it; expected fcm with any token, or apns with 64 to 200 hexadecimal digits");
            await profiles.AddDeviceAsync(client.Id, id, device);
            return Results.Ok(new OperatorAnswer(Done: true, "the device is known"));
        }));
        api.MapDelete("/clients/{key}/profiles/{id}", (string key, string id, DefinitionStore definitions, ProfileStore profiles) => definitions.OnClientAsync(key, async client =>
            Results.Ok(await profiles.EraseAsync(client.Id, id) ? new OperatorAnswer(Done: true, "nothing is known of this person any more") : new OperatorAnswer(Done: false, "nobody has this id"))));
        api.MapPost("/clients/{key}/events", FireAsync);
    }

    private static Task<IResult> SaveAsync(string key, HttpContext context, DefinitionStore definitions, ConnectorSaving saving, ConnectorDirectory directory, IGrainFactory grains) =>
        definitions.OnClientAsync(key, async client =>
        {
            var (file, fault) = await ReadAsync<OptimoveFile>(context);
            if (file is null) return fault!;
            if (file is { ApiKeyFile: not null } or { AttributeApiKeyFile: not null } or { EngagementTokenFile: not null } or { PasswordFile: not null })
                return Results.Problem(statusCode: 400, title: "CL9002: files are not read for the API; send apiKey, attributeApiKey, engagementToken or password");
            if (saving.Faults(file, client) is { Count: > 0 } faults) return Results.Problem(statusCode: 400, title: "CL9002: " + string.Join(' ', faults));
            var (version, changed) = await saving.SaveAsync(file, client);
            directory.Forget();
            await grains.GetGrain<IOptimoveConnectorGrain>(key).StartAsync();
            return Results.Ok(new OperatorAnswer(Done: true, $"connector version {version} {(changed ? "is saved and is being registered" : "is unchanged")}"));
        });

    private static Task<IResult> SaveProfilesAsync(string key, string? source, HttpContext context, DefinitionStore definitions, HookIntake hooks, IGrainFactory grains) =>
        definitions.OnClientAsync(key, async client =>
        {
            var (profiles, fault) = await ReadAsync<IReadOnlyList<Profile>>(context);
            if (profiles is null) return fault!;
            if (profiles.Count > MostItems) return Results.Problem(statusCode: 400, title: $"CL9004: {profiles.Count} profiles; expected at most {MostItems} in one request");
            if (profiles.FirstOrDefault(profile => profile.ExternalId.Length is 0 or > 200 || profile.ExternalId != profile.ExternalId.Trim()) is { } bad)
                return Results.Problem(statusCode: 400, title: $"CL9004: externalId '{bad.ExternalId}'; expected 1 to 200 characters without blanks around them");
            var saved = await hooks.SaveProfilesAsync(client.Id, profiles, source == "optimove");
            return Results.Ok(new OperatorAnswer(Done: true, FormattableString.Invariant($"{saved} profiles are saved")));
        });

    private static Task<IResult> FireAsync(string key, HttpContext context, DefinitionStore definitions, HookIntake hooks) => definitions.OnClientAsync(key, async client =>
    {
        var (events, fault) = await ReadAsync<IReadOnlyList<JsonObject>>(context);
        if (events is null) return fault!;
        if (events.Count > MostItems) return Results.Problem(statusCode: 400, title: $"CL9004: {events.Count} events; expected at most {MostItems} in one request");
        var (stored, dropped) = await hooks.FireAsync(client.Id, [.. events.Select(each => new HookEvent(Text(each, "name") ?? "", Text(each, "externalId"), each))]);
        return Results.Ok(new OperatorAnswer(Done: true, FormattableString.Invariant($"{stored} attributes are stored, {dropped} events dropped because the connector is not active")));
    });

    private static string? Text(JsonObject content, string name) => content[name] is JsonValue value && value.GetValueKind() is JsonValueKind.String or JsonValueKind.Number ? value.ToString() : null;

    private static async Task<(T? Value, IResult? Fault)> ReadAsync<T>(HttpContext context)
        where T : class
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = MaxBody;
        try
        {
            var value = await JsonSerializer.DeserializeAsync<T>(context.Request.Body, DefinitionJson.Options, context.RequestAborted);
            return value is null ? (null, Results.Problem(statusCode: 400, title: "CL9003: the body is empty")) : (value, null);
        }
        catch (JsonException e)
        {
            return (null, Results.Problem(statusCode: 400, title: $"CL9003: line {e.LineNumber + 1}, {e.Path}: the body is not what was expected"));
        }
    }

    private static Task<IResult> OnConnectorAsync(string key, DefinitionStore definitions, ConnectorStore store, Func<Task<OperatorAnswer>> act) => definitions.OnClientAsync(key, async client =>
        store.Find(client.Id) is null ? NoConnector(key) : Results.Ok(await act()));

    private static IResult NoConnector(string key) => Results.Problem(statusCode: 404, title: $"CL9005: client '{key}' has no connector to Optimove");
}
