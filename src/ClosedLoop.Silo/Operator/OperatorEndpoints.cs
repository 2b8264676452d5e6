using System.Globalization;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Files;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Grains;
using ClosedLoop.Grains.Exports;
using ClosedLoop.Grains.Mailings;
using ClosedLoop.Grains.Zones;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Operator;

/// <summary>What the command line asks of the running service. Every route below <c>/api/v1</c> needs the token.</summary>
internal static class OperatorEndpoints
{
    public static void MapOperator(this WebApplication app)
    {
        var settings = app.Services.GetRequiredService<SiloSettings>();
        var access = OperatorAccess.Create(settings);
        app.Lifetime.ApplicationStarted.Register(() => access.Write(settings));
        app.Lifetime.ApplicationStopped.Register(() => File.Delete(OperatorAccess.PathOf(settings)));

        var api = app.MapGroup("/api/v1").AddEndpointFilter(async (context, next) =>
            access.Allows(context.HttpContext.Request.Headers.Authorization)
                ? await next(context)
                : Results.Problem(statusCode: 401, title: "CL6001: the operator token is missing or wrong"));
        api.MapPost("/files/{id:long}/retry", (long id, IGrainFactory grains, FileRegister files, DefinitionStore definitions) =>
            OnFile(id, grains, files, definitions, zone => zone.RetryAsync(id)));
        api.MapPost("/files/{id:long}/discard", (long id, IGrainFactory grains, FileRegister files, DefinitionStore definitions) =>
            OnFile(id, grains, files, definitions, zone => zone.DiscardAsync(id)));
        api.MapPost("/files/{id:long}/replace", (long id, string path, IGrainFactory grains, FileRegister files, DefinitionStore definitions) =>
            OnFile(id, grains, files, definitions, zone => zone.ReplaceAsync(id, path)));
        api.MapPost("/mailings/{id:long}/pause", (long id, string? reason, IGrainFactory grains, MailingStore mailings) =>
            OnMailing(id, grains, mailings, mailing => mailing.PauseAsync(reason ?? "operator"), "paused", "is not being sent"));
        api.MapPost("/mailings/{id:long}/resume", (long id, IGrainFactory grains, MailingStore mailings) =>
            OnMailing(id, grains, mailings, mailing => mailing.ResumeAsync(), "resumed", "is not paused"));
        api.MapPost("/mailings/{id:long}/cancel", (long id, string? reason, IGrainFactory grains, MailingStore mailings) =>
            OnMailing(id, grains, mailings, mailing => mailing.CancelAsync(reason ?? "operator"), "cancelled", "has ended already"));
        api.MapPost("/mailings/{id:long}/resend", ResendEndpoint.ResendAsync);
        api.MapOptimoveApi();
        api.MapOrders();
        api.MapPost("/clients/{key}/poll", async (string key, IGrainFactory grains) =>
        {
            await grains.GetGrain<IDropZoneGrain>(key).PollAsync();
            return new OperatorAnswer(Done: true, "the folder was looked at");
        });
        api.MapGet("/clients/{key}/zone", (string key, IGrainFactory grains) => grains.GetGrain<IDropZoneGrain>(key).GetStatusAsync());
        api.MapPost("/clients/{key}/blocklist/add", BlocklistEndpoints.AddAsync);
        api.MapPost("/clients/{key}/blocklist/remove", BlocklistEndpoints.RemoveAsync);
        api.MapPost("/clients/{key}/untracked/add", UntrackedEndpoints.AddAsync);
        api.MapPost("/clients/{key}/untracked/remove", UntrackedEndpoints.RemoveAsync);
        api.MapPost("/people/erase", PersonEndpoints.EraseAsync);
        api.MapPost("/people/message", MessageEndpoint.Make);
        api.MapPost("/people/allow", PersonEndpoints.AllowAsync);
        api.MapPost("/clients/{key}/lanes/hold", LaneEndpoints.HoldAsync);
        api.MapPost("/clients/{key}/lanes/open", LaneEndpoints.OpenAsync);
        api.MapPost("/clients/{key}/bounces/reset", (string key, string address, DefinitionStore definitions, BounceCounters counters) =>
            definitions.OnClientAsync(key, async client => Results.Ok(await counters.ResetAsync(client.Id, address)
                ? new OperatorAnswer(Done: true, "the counters are back to 0")
                : new OperatorAnswer(Done: false, "no bounce of this address is counted"))));
        api.MapPost("/clients/{key}/export", (string key, IGrainFactory grains, DefinitionStore definitions) =>
            definitions.OnClientAsync(key, async client =>
            {
                var run = await grains.GetGrain<IExportGrain>(client.Key).RunAsync();
                return Results.Ok(run == 0
                    ? new OperatorAnswer(Done: false, "the export is switched off for this client; see export.enabled in its definition")
                    : new OperatorAnswer(Done: true, string.Create(CultureInfo.InvariantCulture, $"export run {run} started")));
            }));
    }

    private static async Task<IResult> OnMailing(
        long id, IGrainFactory grains, MailingStore mailings, Func<IMailingGrain, Task<bool>> act, string what, string why)
    {
        if (mailings.Find(id) is null) return Results.Problem(statusCode: 404, title: $"CL4003: mailing {id} does not exist");
        var done = await act(grains.GetGrain<IMailingGrain>(id.ToString(CultureInfo.InvariantCulture)));
        return Results.Ok(new OperatorAnswer(done, done ? $"the mailing is {what}" : $"the mailing {why}"));
    }

    private static async Task<IResult> OnFile(long id, IGrainFactory grains, FileRegister files, DefinitionStore definitions,
        Func<IDropZoneGrain, Task<OperatorAnswer>> act)
    {
        if (files.Find(id) is not { } file) return Results.Problem(statusCode: 404, title: $"CL6002: file {id} does not exist");
        var client = definitions.FindClient(file.ClientId)!.Value;
        return Results.Ok(await act(grains.GetGrain<IDropZoneGrain>(client.Key)));
    }
}
