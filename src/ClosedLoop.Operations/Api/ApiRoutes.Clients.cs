using ClosedLoop.Data.Clients;
using ClosedLoop.Grains.Zones;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Actions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClosedLoop.Operations.Api;

internal static partial class ApiRoutes
{
    private static void MapClients(RouteGroupBuilder api)
    {
        api.MapGet("", (HttpContext context, DefinitionStore definitions) => TypedResults.Ok<IReadOnlyList<ApiClient>>(
            [.. definitions.Clients().Where(client => Caller.Of(context).Sees(client.Value.Id)).Select(Shape)])).Tells<IReadOnlyList<ApiClient>>("Clients");
        api.MapGet("/{key}", (HttpContext context, DefinitionStore definitions, string key) => definitions.FindClient(key) is { } client && Caller.Of(context).Sees(client.Value.Id)
            ? TypedResults.Ok(Shape(client))
            : ApiAnswers.NoSuch("CL2005", $"client '{key}'")).Tells<ApiClient>("One client");
        api.MapGet("/{key}/zone", async (HttpContext context, DefinitionStore definitions, IGrainFactory grains, string key) => definitions.FindClient(key) is { } client && Caller.Of(context).Sees(client.Value.Id)
            ? TypedResults.Ok(await grains.GetGrain<IDropZoneGrain>(key).GetStatusAsync())
            : ApiAnswers.NoSuch("CL2005", $"client '{key}'")).Tells<DropZoneStatus>("What the client's folder is doing");
        api.MapPost("/{key}/poll", (HttpContext context, ClientActions actions, string key) => ApiAnswers.OfAsync(actions.PollAsync(Caller.Of(context), key))).Acts("Looks into the client's folder now");
        api.MapPost("/{key}/export", (HttpContext context, ClientActions actions, string key, string? reason) => ApiAnswers.OfAsync(actions.ExportAsync(Caller.Of(context), key, reason)))
            .Acts("Cuts off now and writes the eight files");
        api.MapPost("/{key}/lanes/hold", (HttpContext context, ClientActions actions, string key, string? domain, double seconds, string reason) =>
            ApiAnswers.OfAsync(actions.HoldAsync(Caller.Of(context), key, domain, seconds, reason))).Acts("Sends nothing to a client's relay, or to one domain, for a time");
        api.MapPost("/{key}/lanes/limit", (HttpContext context, ClientActions actions, string key, string? domain, double perSecond, double seconds, string reason) =>
            ApiAnswers.OfAsync(actions.LimitAsync(Caller.Of(context), key, domain, perSecond, seconds, reason))).Acts("Raises or lowers the rate of a lane for a time");
        api.MapPost("/{key}/lanes/lift", (HttpContext context, ClientActions actions, string key, string? domain, string? reason) =>
            ApiAnswers.OfAsync(actions.LiftAsync(Caller.Of(context), key, domain, reason))).Acts("Gives a lane the rate of the client's definition back");
        api.MapPost("/{key}/lanes/open", (HttpContext context, ClientActions actions, string key, string? domain, string? reason) =>
            ApiAnswers.OfAsync(actions.OpenAsync(Caller.Of(context), key, domain, reason))).Acts("Opens a lane at once");
        api.MapPost("/{key}/lanes/flush", (HttpContext context, ClientActions actions, string key, string? domain, string? reason) =>
            ApiAnswers.OfAsync(actions.FlushAsync(Caller.Of(context), key, domain, reason))).Acts("Tries everybody now who waits for a later time");
        api.MapPost("/{key}/lanes/trace", (HttpContext context, TraceActions actions, string key, string? reason) => ApiAnswers.OfAsync(actions.OrderAsync(Caller.Of(context), key, reason)))
            .Acts("Writes down what is said on the next connection to the client's relay");
        api.MapPost("/{key}/blocklist/add", (HttpContext context, RecipientActions actions, string key, string entry, string? reason) =>
            ApiAnswers.OfAsync(actions.BlockAsync(Caller.Of(context), key, entry, reason))).Acts("Blocks an address or a pattern");
        api.MapPost("/{key}/blocklist/remove", (HttpContext context, RecipientActions actions, string key, string entry, string? reason) =>
            ApiAnswers.OfAsync(actions.UnblockAsync(Caller.Of(context), key, entry, reason))).Acts("Takes an entry off the blocklist");
        api.MapPost("/{key}/untracked/add", (HttpContext context, RecipientActions actions, string key, string entry, string? reason) =>
            ApiAnswers.OfAsync(actions.UntrackAsync(Caller.Of(context), key, entry, reason))).Acts("Keeps no opens and clicks of an address");
        api.MapPost("/{key}/untracked/remove", (HttpContext context, RecipientActions actions, string key, string entry, string? reason) =>
            ApiAnswers.OfAsync(actions.TrackAsync(Caller.Of(context), key, entry, reason))).Acts("Keeps opens and clicks of an address again");
        api.MapPost("/{key}/unsubscribes/remove", (HttpContext context, RecipientActions actions, string key, string entry, string? reason) =>
            ApiAnswers.OfAsync(actions.ResubscribeAsync(Caller.Of(context), key, entry, reason))).Acts("Takes an unsubscribe back, for somebody who asked for it", Data.Access.OperatorRole.Admin);
        api.MapPost("/{key}/bounces/reset", (HttpContext context, RecipientActions actions, string key, string address, string? reason) =>
            ApiAnswers.OfAsync(actions.ResetBouncesAsync(Caller.Of(context), key, address, reason))).Acts("Sets the bounce counters of an address back");

        static ApiClient Shape(Versioned<Model.Clients.ClientDefinition> client) => new(
            client.Value.Id, client.Value.Key, client.Value.Name, client.Version, client.Value.Export.Enabled, [.. client.Value.List.Fields.Select(field => field.Name)]);
    }
}
