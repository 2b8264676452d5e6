using ClosedLoop.Data.Access;
using ClosedLoop.Data.Clients;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Actions;
using ClosedLoop.Operations.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClosedLoop.Operations.Api;

internal static partial class ApiRoutes
{
    private static void MapMailings(RouteGroupBuilder api)
    {
        api.MapGet("", async (HttpContext context, MailingsReader mailings, DefinitionStore definitions, string? client, string? state, string? search, string? cursor, int? limit) =>
        {
            if (!Cursor.TryRead(cursor, out var before)) return ApiAnswers.BadCursor();
            var page = await mailings.PageAsync(new MailingFilter(ClientId(context, definitions, client), Enum.TryParse<MailingState>(state, ignoreCase: true, out var wanted) ? wanted : null, search), before, Limit(limit));
            return TypedResults.Ok(new ApiPage<ApiMailing>([.. page.Items.Select(ApiShapes.Of)], Cursor.Write(page.Next)));
        }).Tells<ApiPage<ApiMailing>>("Mailings, newest first");
        api.MapGet("/{id:long}", async (HttpContext context, MailingsReader mailings, MailingDetailReader details, long id) =>
            await mailings.FindAsync(id) is { } line && Caller.Of(context).Sees(line.Row.ClientId)
                ? TypedResults.Ok(ApiShapes.Of(line, await details.ReadAsync(line.Row)))
                : ApiAnswers.NoSuch("CL4003", $"mailing {id}")).Tells<ApiMailingDetail>("One mailing with what happened to it").WithMetadata(new Tagged(TaggedKind.Mailing));
        api.MapPost("/{id:long}/pause", (HttpContext context, MailingActions actions, long id, string? reason) => ApiAnswers.OfAsync(actions.PauseAsync(Caller.Of(context), id, reason)))
            .Acts("Stops claiming recipients").WithMetadata(new Tagged(TaggedKind.Mailing));
        api.MapPost("/{id:long}/resume", (HttpContext context, MailingActions actions, long id, string? reason) => ApiAnswers.OfAsync(actions.ResumeAsync(Caller.Of(context), id, reason)))
            .Acts("Goes on with a paused mailing").WithMetadata(new Tagged(TaggedKind.Mailing));
        api.MapPost("/{id:long}/start", (HttpContext context, MailingActions actions, long id, string? reason) => ApiAnswers.OfAsync(actions.StartAsync(Caller.Of(context), id, reason)))
            .Acts("Hands a prepared mailing to dispatch").WithMetadata(new Tagged(TaggedKind.Mailing));
        api.MapPost("/{id:long}/cancel", (HttpContext context, MailingActions actions, long id, string? reason) => ApiAnswers.OfAsync(actions.CancelAsync(Caller.Of(context), id, reason)))
            .Acts("Ends a mailing: whoever still waits becomes cancelled").WithMetadata(new Tagged(TaggedKind.Mailing));
        api.MapPost("/{id:long}/resend", (HttpContext context, MailingActions actions, long id, bool? soft, bool? unknown, bool? dryRun, string? reason) =>
            ApiAnswers.OfAsync(actions.ResendAsync(Caller.Of(context), id, soft ?? unknown is not true, unknown ?? false, dryRun ?? false, reason)))
            .Acts("Sends a finished mailing again to those worth another try").WithMetadata(new Tagged(TaggedKind.Mailing));
        api.MapPost("/{id:long}/replay", (HttpContext context, ReplayActions actions, long id, int? recipients, string? reason, CancellationToken cancellation) =>
            ApiAnswers.OfAsync(actions.ReplayAsync(Caller.Of(context), id, recipients ?? 20, reason, cancellation)))
            .Acts("Puts messages of a mailing into the built-in sink once more, as a test").WithMetadata(new Tagged(TaggedKind.Mailing));
        MapRetrying(api);
    }

    /// <summary>The number alone, which a script compares.</summary>
    private static void MapRetrying(RouteGroupBuilder api) => api.MapPost("/{id:long}/retry-failed", async (HttpContext context, MailingActions actions, long id, ApiRetry body) =>
    {
        var (result, recipients) = await actions.RetryFailedAsync(Caller.Of(context), id, body.Refused ?? false, body.Reason);
        return result.IsAnswer ? TypedResults.Ok(new ApiRetried(recipients)) : ApiAnswers.Of(result);
    }).Needs(OperatorRole.Operator).WithSummary("Gives those whom a finished mailing could not send to another try").Produces<ApiRetried>()
        .ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412).ProducesProblem(422).WithMetadata(new Tagged(TaggedKind.Mailing));

    private static long? ClientId(HttpContext context, DefinitionStore definitions, string? key) =>
        Caller.Of(context).ClientId ?? (string.IsNullOrEmpty(key) ? null : definitions.FindClient(key)?.Value.Id ?? 0);
}
