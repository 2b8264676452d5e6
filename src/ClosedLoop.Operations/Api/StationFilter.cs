using ClosedLoop.Data.Access;
using ClosedLoop.Data.Clients;
using ClosedLoop.Grains;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Actions;
using ClosedLoop.Operations.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClosedLoop.Operations.Api;

/// <summary>Who may use a station's route, and what is written down about it.</summary>
internal static class StationFilter
{
    public static async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var caller = Caller.Of(context);
        var client = context.Request.RouteValues["key"] is string key ? context.RequestServices.Need<DefinitionStore>().FindClient(key) : null;

        // What another client is called is as much a secret as what it does.
        if (caller.ClientId is not null && context.Request.RouteValues["key"] is null) return Problems.Forbidden;
        if (caller.ClientId is not null && (client is null || !caller.Sees(client.Value.Id))) return Problems.Of(404, "CL2005", $"client '{context.Request.RouteValues["key"]}' does not exist");
        if (HttpMethods.IsGet(context.Request.Method)) return await next(invocation);
        if (!caller.May(OperatorRole.Operator)) return Problems.Forbidden;
        object? answer = null;
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";
        await context.RequestServices.Need<AuditTrail>().RunAsync(caller, $"{context.Request.Method} {route}", context.Request.Path.Value ?? "", client?.Value.Id, context.Request.Query["reason"], () => null, async () =>
        {
            answer = await next(invocation);
            return ResultOf(answer);
        });
        return answer;
    }

    private static ActionResult ResultOf(object? answer)
    {
        var status = (answer as IStatusCodeHttpResult)?.StatusCode ?? StatusCodes.Status200OK;
        var said = answer as OperatorAnswer ?? (answer as IValueHttpResult)?.Value as OperatorAnswer;
        return said is not null ? ActionResult.Of(said) : new ActionResult(status, Done: status < 400, status < 400 ? "done" : FormattableString.Invariant($"refused with {status}"));
    }
}
